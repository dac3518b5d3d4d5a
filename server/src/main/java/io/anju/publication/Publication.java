package io.anju.publication;

import io.anju.waitinglist.Registration.ListKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A frozen list without its rows.
 *
 * @param root over the rows' texts, in hexadecimal digits
 * @param statement the exact text that is signed
 * @param publicKey that checks the signature; both in hexadecimal digits
 */
public record Publication(
        UUID id,
        ListKey list,
        String period,
        LocalDate asOf,
        Instant publishedAt,
        String policyDigest,
        int total,
        String root,
        String statement,
        String keyId,
        String publicKey,
        String signature) {
    static final HexFormat HEX = HexFormat.of();

    /** Somebody's wish that a list be published, or the calendar's; {@code reason} is published with it. */
    public record Request(
            UUID id, ListKey list, String period, @Nullable String reason, Instant requestedAt) {}

    /** Roots of runs of 1024 rows: between them and the rows lies a proof's path. */
    record Runs(byte[] roots) {
        /** A power of two, so that the root over the runs' roots is the root over the rows. */
        static final int ROWS = 1024;

        private static final int HASH_BYTES = 32;

        List<byte[]> list() {
            var list = new ArrayList<byte[]>(roots.length / HASH_BYTES);
            for (int from = 0; from < roots.length; from += HASH_BYTES) {
                list.add(Arrays.copyOfRange(roots, from, from + HASH_BYTES));
            }
            return list;
        }
    }
}
