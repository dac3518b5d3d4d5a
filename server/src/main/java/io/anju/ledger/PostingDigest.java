package io.anju.ledger;

import io.anju.platform.crypto.Sha256;
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
        return Sha256.of(text);
    }
}
