package io.anju.publication;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.anju.platform.crypto.Tree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What a household needs to show that a published row is its own, and that the row is under the root.
 *
 * @param index of the leaf, from 0
 * @param size number of leaves
 * @param row the row's text
 * @param salt 32 bytes in hexadecimal digits; nobody else has it
 * @param path hashes that lead from the leaf to the root, lowest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Proof(
        String publicationId,
        long index,
        long size,
        String row,
        String salt,
        UUID registrationId,
        UUID applicationId,
        List<String> path,
        String root) {
    /** What a binding is the hash of begins with this, so that it is the hash of nothing else. */
    static final String BINDING_MARK = "anju-binding-1";

    private static final HexFormat HEX = HexFormat.of();

    /** The binding that the salt and the two ids give: the row's last value, where the row is this household's. */
    String binding() {
        return HEX.formatHex(Tree.sha256(
                BINDING_MARK.getBytes(StandardCharsets.US_ASCII),
                HEX.parseHex(salt),
                bytes(registrationId),
                bytes(applicationId)));
    }

    /** Whether the path leads from the row to this root. */
    boolean leadsTo(String root) {
        var leaf = Tree.leaf(row.getBytes(StandardCharsets.UTF_8));
        var hashes = path.stream().map(HEX::parseHex).toList();
        return index >= 0 && index < size && Arrays.equals(Tree.rootOf(leaf, index, size, hashes), HEX.parseHex(root));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
