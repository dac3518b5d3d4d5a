package io.anju.publication;

import io.anju.platform.crypto.Tree;
import io.anju.publication.Publication.Runs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 1024 rows of a publication that follow each other.
 *
 * @param content the rows' texts in UTF-8, a line feed between two
 * @param salts 32 bytes for each row
 */
record Run(int number, byte[] content, byte[] salts) {
    static final int SALT_BYTES = 32;

    private static final byte LINE_FEED = '\n';

    /** The run that holds the row of a rank. */
    static int of(int rank) {
        return (rank - 1) / Runs.ROWS;
    }

    List<String> rows() {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    byte[] salt(int index) {
        return Arrays.copyOfRange(salts, index * SALT_BYTES, (index + 1) * SALT_BYTES);
    }

    /** The hashes of the rows. */
    List<byte[]> leaves() {
        var leaves = new ArrayList<byte[]>(salts.length / SALT_BYTES);
        int from = 0;
        for (int at = 0; at <= content.length; at++) {
            if (at == content.length || content[at] == LINE_FEED) {
                leaves.add(Tree.leaf(Arrays.copyOfRange(content, from, at)));
                from = at + 1;
            }
        }
        return leaves;
    }
}
