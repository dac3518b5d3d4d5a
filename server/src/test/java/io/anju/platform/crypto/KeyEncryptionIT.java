package io.anju.platform.crypto;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.rotation.RotationDesk;
import io.anju.testing.TestDatabases;
import io.anju.testing.TransitSimulator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of keys: where it lies, how it is replaced, and what each place refuses. */
class KeyEncryptionIT {
    private static final Instant NOW = Instant.parse("2026-03-04T01:00:00Z");
    private static final UUID ROW = UUID.fromString("0198f000-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final TransitSimulator service = TransitSimulator.start();
    private final DbAddress address = TestDatabases.fresh();
    private final Db db = TestDatabases.connect(vertx, address);
    private final Db owner = Db.connectAsOwner(vertx, DbSettings.of(address));

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        file = folder.resolve("anju.key");
        KeyFile.create(file);
    }

    @AfterEach
    void close() {
        await(db.close());
        await(owner.close());
        service.close();
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void keys_move_from_a_file_to_a_service_and_nothing_else_changes() {
        var before = load(KeyFile.open(file));
        var sealed = before.sealText("t", "c", ROW, "text");
        var index = before.blindIndex("p", "v");
        assertThat(await(new RotationDesk(owner).move(KeyFile.open(file), transit(TransitSimulator.TOKEN))))
                .isEqualTo(4);
        var after = load(transit(TransitSimulator.TOKEN));
        assertThat(after.openText("t", "c", ROW, sealed)).isEqualTo("text");
        assertThat(after.blindIndex("p", "v")).isEqualTo(index);
        assertThat(after.signingKeyId()).isEqualTo(before.signingKeyId());
        assertThatThrownBy(() -> load(KeyFile.open(file))).hasMessageContaining("sealed by kms:transit/anju");

        service.rotate();
        assertThat(await(
                        new RotationDesk(owner).move(transit(TransitSimulator.TOKEN), transit(TransitSimulator.TOKEN))))
                .isEqualTo(4);
        assertThat(load(transit(TransitSimulator.TOKEN)).openText("t", "c", ROW, sealed))
                .isEqualTo("text");
    }

    @Test
    void a_key_is_added_to_the_file_and_the_old_one_taken_out() throws Exception {
        var sealed = load(KeyFile.open(file)).sealText("t", "c", ROW, "text");
        var old = Files.readString(file);
        var oldName = KeyFile.open(file).name();
        KeyFile.add(file);
        assertThat(KeyFile.open(file).name()).isNotEqualTo(oldName);
        assertThat(load(KeyFile.open(file)).openText("t", "c", ROW, sealed)).isEqualTo("text");
        await(new RotationDesk(owner).move(KeyFile.open(file), KeyFile.open(file)));
        assertThat(load(KeyFile.open(file)).openText("t", "c", ROW, sealed)).isEqualTo("text");
        Files.writeString(file, old);
        assertThatThrownBy(() -> load(KeyFile.open(file))).hasMessageContaining("does not open");
    }

    @Test
    void a_service_that_refuses_leaves_everything_as_it_was_and_is_not_quoted() {
        load(KeyFile.open(file));
        assertThatThrownBy(() -> await(new RotationDesk(owner).move(KeyFile.open(file), transit("wrong"))))
                .hasMessageContaining("answered 403")
                .hasMessageNotContaining("wrong");
        assertThat(load(KeyFile.open(file)).primaryKey().version()).isEqualTo(1);
        service.close();
        assertThatThrownBy(() -> load(transit(TransitSimulator.TOKEN))).isNotNull();
    }

    @Test
    void a_key_sealed_for_one_place_does_not_open_in_another() {
        var kms = transit(TransitSimulator.TOKEN);
        for (var encryption : new KeyEncryption[] {kms, KeyFile.open(file)}) {
            var sealed = await(encryption.seal(new byte[] {1, 2, 3}, new byte[] {1}));
            assertThat(await(encryption.open(sealed, new byte[] {1}))).containsExactly(1, 2, 3);
            assertThatThrownBy(() -> await(encryption.open(sealed, new byte[] {2})))
                    .isNotNull();
        }
    }

    @Test
    void keysets_that_the_library_sealed_are_still_read() throws GeneralSecurityException {
        Keysets.register();
        var aead = KeyFile.open(file).library();
        var fields = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        insert("fields", fields, aead);
        insert("index", generate(PredefinedPrfParameters.HMAC_SHA256_PRF), aead);
        insert("tags", generate(PredefinedPrfParameters.HMAC_SHA256_PRF), aead);
        insert("signing", generate(PredefinedSignatureParameters.ED25519WithRawOutput), aead);
        var vault = load(KeyFile.open(file));
        assertThat(vault.primaryKey().id()).isEqualTo(fields.getPrimary().getId());
        var library = fields.getPrimitive(RegistryConfiguration.get(), Aead.class);
        // what the vault seals has the library's own form, and the other way round
        var place = new byte[0];
        assertThat(library).isNotNull();
        assertThat(vault.isCurrent(library.encrypt(new byte[] {7}, place))).isTrue();
        await(new RotationDesk(owner).move(KeyFile.open(file), transit(TransitSimulator.TOKEN)));
        assertThat(load(transit(TransitSimulator.TOKEN)).primaryKey()).isEqualTo(vault.primaryKey());
    }

    @Test
    void of_two_looks_that_overtake_each_other_the_later_one_counts() {
        var slow = new FirstOpenedLast(KeyFile.open(file));
        var vault = load(slow);
        var begins = NOW.plusSeconds(60);
        var added = await(KeyChange.next(owner, KeyFile.open(file), Suite.INTERNATIONAL, begins));
        await(added.store(owner));
        slow.holds = true;
        var early = vault.refresh(db, NOW);
        await(slow.asked.future());
        await(vault.refresh(db, begins));
        assertThat(vault.primaryKey()).isEqualTo(added.key());
        slow.released.complete();
        await(early);
        assertThat(vault.primaryKey()).isEqualTo(added.key());
    }

    /** Holds the first key that is asked for back until it is let go. */
    private static final class FirstOpenedLast implements KeyEncryption {
        final Promise<Void> asked = Promise.promise();
        final Promise<Void> released = Promise.promise();
        volatile boolean holds;
        private final KeyEncryption file;

        FirstOpenedLast(KeyEncryption file) {
            this.file = file;
        }

        @Override
        public Future<byte[]> seal(byte[] key, byte[] context) {
            return file.seal(key, context);
        }

        @Override
        public Future<byte[]> open(byte[] sealed, byte[] context) {
            var isFirst = holds && asked.tryComplete();
            return (isFirst ? released.future() : Future.<Void>succeededFuture())
                    .compose(free -> file.open(sealed, context));
        }

        @Override
        public String name() {
            return file.name();
        }
    }

    private static KeysetHandle generate(Parameters parameters) throws GeneralSecurityException {
        return KeysetHandle.generateNew(parameters);
    }

    private void insert(String name, KeysetHandle keyset, Aead file) throws GeneralSecurityException {
        var context = ("anju keyset " + name).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var bytes = TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, file, context);
        await(db.execute(
                "INSERT INTO platform.keyset (name, version, sealed) VALUES ($1, 1, $2)", name, Buffer.buffer(bytes)));
    }

    private Vault load(KeyEncryption encryption) {
        return await(Vault.load(db, encryption, Suite.INTERNATIONAL, NOW));
    }

    private KeyEncryption transit(String token) {
        return new TransitClient(vertx, new Settings.Kms(URI.create(service.url()), "transit", "anju", token));
    }
}
