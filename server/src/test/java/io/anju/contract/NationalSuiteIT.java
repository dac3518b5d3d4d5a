package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.crypto.Suite;
import io.anju.testing.Anju;
import io.anju.testing.SealedFields;
import io.anju.testing.TransitSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A deployment under the national algorithms whose key of keys lies in a service: one of everything is made over HTTP,
 * from log-ins to a published list, and every field of it is SM4's.
 */
class NationalSuiteIT {
    private static final TransitSimulator KMS = TransitSimulator.start();

    @RegisterExtension
    static final Anju anju = Anju.server()
            .with("ANJU_CRYPTO_SUITE", "sm4-gcm")
            .with("ANJU_KMS_URL", KMS.url())
            .with("ANJU_KMS_TOKEN_FILE", token().toString());

    @SuppressWarnings("NullAway.Init")
    private static World world;

    @BeforeAll
    static void build() {
        world = World.build(anju);
    }

    @AfterAll
    static void stop() {
        KMS.close();
    }

    @Test
    void everything_works_and_is_sealed_by_sm4() {
        assertThat(world.id("registrationId")).isNotEmpty();
        var key = anju.domains().vault.primaryKey();
        assertThat(key.suite()).isEqualTo(Suite.NATIONAL);
        var fields = SealedFields.of(anju, anju.domains().vault);
        assertThat(fields.contents()).hasSizeGreaterThan(10);
        assertThat(fields.countsByKey()).containsOnlyKeys(key.id());
        var markers = Anju.await(anju.db()
                .list(
                        "SELECT DISTINCT get_byte(sealed_name, 0) FROM identity.resident WHERE sealed_name IS NOT NULL",
                        row -> row.getInteger(0)));
        assertThat(markers).containsExactly(2);
    }

    @Test
    void another_instance_starts_with_the_service_and_reads_the_same() {
        int before = KMS.calls();
        var other = anju.anotherApp();
        assertThat(KMS.calls()).isEqualTo(before + 4);
        assertThat(SealedFields.of(anju, other.domains().vault).contents())
                .isEqualTo(SealedFields.of(anju, anju.domains().vault).contents());
        assertThat(other.domains().vault.blindIndex("purpose", "value"))
                .isEqualTo(anju.domains().vault.blindIndex("purpose", "value"));
    }

    @Test
    void the_keys_say_where_their_key_lies() {
        List<String> kept = Anju.await(anju.db()
                .list("SELECT DISTINCT suite || ' ' || encryption FROM platform.keyset", row -> row.getString(0)));
        assertThat(kept).containsExactly("sm4-gcm kms:transit/anju");
    }

    private static Path token() {
        try {
            var file = Files.writeString(Files.createTempFile("kms", ".token"), TransitSimulator.TOKEN);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
