package io.anju.identity;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** Proofs that somebody holds a phone: a code that was sent to it and came back. */
public final class PhoneProofs {
    private final OneTimeCodes codes;

    PhoneProofs(OneTimeCodes codes) {
        this.codes = codes;
    }

    /** A code that was tried; whether it was right shows when it is spent. */
    public static final class Proof {
        private final OneTimeCodes.Tried tried;

        private Proof(OneTimeCodes.Tried tried) {
            this.tried = tried;
        }
    }

    /** Tries a code. The try is counted for good, whatever becomes of the request. */
    public Future<Proof> tryCode(UUID challengeId, String code, Instant now) {
        return codes.tryCode(challengeId, code, now).map(Proof::new);
    }

    /** Spends a code that was right and gives the phone as people write it; refuses one that was wrong. */
    public Future<String> spend(Tx tx, Proof proof, String address, Instant now) {
        return codes.spend(tx, proof.tried, address, now).map(PhoneNumbers::asWritten);
    }
}
