package io.anju.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tells a repeat of a posting from another posting under the same key. */
final class PostingDigest {
    private PostingDigest() {}

    /** SHA-256 of the entries, whatever order they come in. */
    static byte[] of(Collection<Entry> entries) {
        var text = entries.stream()
                .map(entry -> String.join(
                        "\u001f",
                        entry.account().cityCode(),
                        entry.account().kind().id(),
                        entry.account().owner(),
                        Long.toString(entry.amountFen())))
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
