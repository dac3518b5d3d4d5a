package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.config.Settings;
import io.anju.sandbox.wechatpay.PayKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merchant's keys as they lie in a deployment's folder. */
class WeChatPayKeysTest {
    @TempDir
    private Path folder;

    private Path merchantKey = Path.of("");
    private Path platformKeys = Path.of("");

    @BeforeEach
    void write() throws IOException {
        merchantKey = Files.writeString(
                folder.resolve("apiclient_key.pem"), PayKeys.get().merchantKeyPem());
        platformKeys = Files.createDirectory(folder.resolve("platform"));
    }

    private WeChatPayKeys load(String apiV3Key) {
        return WeChatPayKeys.load(new Settings.WeChatPay(
                URI.create("http://localhost"), "1900000001", "5157", merchantKey, apiV3Key, platformKeys, 6));
    }

    private void add(String file, String pem) throws IOException {
        Files.writeString(platformKeys.resolve(file), pem);
    }

    @Test
    void a_certificate_is_known_by_its_serial_and_a_public_key_by_its_files_name() throws IOException {
        var given = PayKeys.get();
        add("any-name.pem", given.platformCertificatePem());
        add("README.txt", "not a key");
        var before = load(PayKeys.API_V3_KEY);
        assertThat(before.platformKey(given.platformCertificateSerial())).isNotNull();
        assertThat(before.platformKey("any-name")).isNull();
        assertThat(before.publicKeyId()).isNull();

        add(given.platformPublicKeyId() + ".pem", given.platformPublicKeyPem());
        var after = load(PayKeys.API_V3_KEY);
        assertThat(after.platformKey(given.platformCertificateSerial())).isNotNull();
        assertThat(after.platformKey(given.platformPublicKeyId())).isNotNull();
        assertThat(after.publicKeyId()).isEqualTo(given.platformPublicKeyId());
    }

    @Test
    void nothing_begins_without_a_platforms_key_or_with_an_api_key_of_another_length() throws IOException {
        assertThatThrownBy(() -> load(PayKeys.API_V3_KEY)).hasMessageContaining("no key of the platform");
        add("one.pem", PayKeys.get().platformCertificatePem());
        assertThatThrownBy(() -> load("too short")).hasMessageContaining("32 bytes");
        add("PUB_KEY_ID_broken.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        assertThatThrownBy(() -> load(PayKeys.API_V3_KEY)).hasMessageContaining("not what they should be");
    }
}
