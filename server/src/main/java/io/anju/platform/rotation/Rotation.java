package io.anju.platform.rotation;

import io.anju.platform.crypto.Suite;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * The replacement of the key that seals fields.
 *
 * @param toVersion of the new key
 * @param keyId stands in what the new key seals
 * @param primaryFrom when the new key begins to seal
 */
public record Rotation(
        UUID id, int toVersion, int keyId, Suite suite, State state, Instant begunAt, Instant primaryFrom) {
    public enum State {
        RUNNING,
        STOPPED,
        DONE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
