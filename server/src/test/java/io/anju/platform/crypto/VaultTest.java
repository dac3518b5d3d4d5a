package io.anju.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final UUID ROW = UUID.fromString("0198f000-0000-7000-8000-000000000001");
    private static final UUID OTHER_ROW = UUID.fromString("0198f000-0000-7000-8000-000000000002");

    private final Vault vault = Vault.temporary();

    @Test
    void a_sealed_field_opens_in_its_own_place_only() {
        var sealed = vault.sealText("identity.resident", "id_number", ROW, "11010519491231002X");
        assertThat(vault.openText("identity.resident", "id_number", ROW, sealed))
                .isEqualTo("11010519491231002X");
        refuses(() -> vault.openText("identity.resident", "id_number", OTHER_ROW, sealed));
        refuses(() -> vault.openText("identity.resident", "real_name", ROW, sealed));
        refuses(() -> vault.openText("identity.staff", "id_number", ROW, sealed));
        // the border between table and column is part of the place
        var shifted = vault.sealText("ab", "c", ROW, "x");
        refuses(() -> vault.openText("a", "bc", ROW, shifted));
    }

    @Test
    void an_altered_field_does_not_open() {
        var sealed = vault.sealText("t", "c", ROW, "secret");
        for (var i = 0; i < sealed.length; i++) {
            var altered = sealed.clone();
            altered[i] ^= 1;
            refuses(() -> vault.open("t", "c", ROW, altered));
        }
    }

    @Test
    void equal_fields_are_sealed_differently_and_hold_nothing_in_clear() {
        var one = vault.sealText("t", "c", ROW, "11010519491231002X");
        assertThat(one).isNotEqualTo(vault.sealText("t", "c", ROW, "11010519491231002X"));
        assertThat(new String(one, UTF_8)).doesNotContain("110105");
    }

    @Test
    void json_comes_back_with_dates() {
        record Person(String name, LocalDate birthDate) {}
        var person = new Person("张三", LocalDate.of(2024, 2, 29));
        var sealed = vault.sealJson("t", "c", ROW, person);
        assertThat(vault.openJson("t", "c", ROW, sealed, Person.class)).isEqualTo(person);
    }

    @Test
    void a_blind_index_is_stable_and_depends_on_purpose_and_key() {
        assertThat(vault.blindIndex("id-number", "11010519491231002X"))
                .hasSize(32)
                .isEqualTo(vault.blindIndex("id-number", "11010519491231002X"))
                .isNotEqualTo(vault.blindIndex("phone", "11010519491231002X"))
                .isNotEqualTo(Vault.temporary().blindIndex("id-number", "11010519491231002X"));
    }

    @Test
    void a_tag_holds_for_its_purpose_and_data_only() {
        var tag = vault.mac("cursor", "page 2".getBytes(UTF_8));
        assertThat(vault.verifyMac("cursor", "page 2".getBytes(UTF_8), tag)).isTrue();
        assertThat(vault.verifyMac("cursor", "page 3".getBytes(UTF_8), tag)).isFalse();
        assertThat(vault.verifyMac("other", "page 2".getBytes(UTF_8), tag)).isFalse();
    }

    @Test
    void anyone_can_check_a_signature_with_the_public_key_alone() throws Exception {
        var data = "receipt".getBytes(UTF_8);
        var signature = Signature.parse(vault.sign(data).text());
        assertThat(vault.verify(data, signature)).isTrue();
        assertThat(vault.verify("receipt!".getBytes(UTF_8), signature)).isFalse();
        assertThat(vault.verify(data, new Signature("00000000", signature.value())))
                .isFalse();

        var derPrefix = HexFormat.of().parseHex("302a300506032b6570032100");
        var der = new byte[44];
        System.arraycopy(derPrefix, 0, der, 0, 12);
        System.arraycopy(vault.publicKey(signature.keyId()), 0, der, 12, 32);
        var check = java.security.Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        check.update(data);
        assertThat(check.verify(signature.value())).isTrue();
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatThrownBy(opening).isInstanceOf(IllegalStateException.class).hasMessageContaining("altered or moved");
    }
}
