package io.anju.application;

import io.anju.identity.NationalId;
import io.anju.platform.crypto.Vault;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Keyed fingerprints of persons, the same wherever a person is looked up. */
final class Persons {
    private Persons() {}

    static byte[] index(Vault vault, String nationalId) {
        return vault.blindIndex(
                NationalId.INDEX_PURPOSE, NationalId.parse(nationalId).value());
    }

    /** In the order of the members. */
    static List<Buffer> indexes(Vault vault, Household household) {
        return household.members().stream()
                .map(member -> Buffer.buffer(index(vault, member.nationalId())))
                .toList();
    }
}
