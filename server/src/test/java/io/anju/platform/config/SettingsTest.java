package io.anju.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void every_setting_has_a_default_that_works() {
        var settings = Settings.read(Map.of());
        assertThat(settings.database().address()).isNull();
        assertThat(settings.listeners().httpPort()).isEqualTo(8080);
        assertThat(settings.attachments().folder()).isEqualTo(Path.of("anju-data/attachments"));
        assertThat(settings.background().enabled()).isTrue();
    }

    @Test
    void help_lists_every_setting_with_meaning_and_default() {
        for (var setting : Setting.values()) {
            assertThat(Setting.help()).contains(setting.env()).contains(setting.meaning());
        }
        assertThat(Setting.help()).contains("[8080]");
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        var file = Files.writeString(folder.resolve("anju.conf"), "ANJU_HTTP_PORT=9000\nANJU_JOBS=off\n");
        var settings = Settings.read(Map.of("ANJU_CONFIG", file.toString(), "ANJU_HTTP_PORT", "9001"));
        assertThat(settings.listeners().httpPort()).isEqualTo(9001);
        assertThat(settings.background().enabled()).isFalse();
    }

    @Test
    void origins_are_exact() {
        assertThat(Settings.read(Map.of()).traffic().corsOrigins()).isEmpty();
        assertThat(Settings.read(Map.of("ANJU_CORS_ORIGINS", "https://housing.example, http://localhost:5173"))
                        .traffic()
                        .corsOrigins())
                .containsExactlyInAnyOrder("https://housing.example", "http://localhost:5173");
        for (var wrong :
                List.of("*", "null", "https://*.example", "https://housing.example/", "housing.example", ",")) {
            assertThatThrownBy(() -> Settings.read(Map.of("ANJU_CORS_ORIGINS", wrong)))
                    .as(wrong)
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("ANJU_CORS_ORIGINS: must be origins");
        }
    }

    @Test
    void all_that_is_wrong_is_named_at_once() throws IOException {
        var file = Files.writeString(folder.resolve("anju.conf"), "ANJU_HTTP_PROT=9000\n");
        assertThatThrownBy(() -> Settings.read(Map.of(
                        "ANJU_CONFIG", file.toString(),
                        "ANJU_HTTP_PORT", "70000",
                        "ANJU_LOG_FORMAT", "xml",
                        "ANJU_PUBLIC_URL", "anju.example",
                        "ANJU_POLICY_DIR", folder.resolve("missing").toString(),
                        "ANJU_DATABASE_URL", "mysql://a:b@c/d")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("ANJU_HTTP_PROT: no setting has this name")
                .hasMessageContaining("ANJU_HTTP_PORT: must be a whole number from 0 to 65535, not \"70000\"")
                .hasMessageContaining("ANJU_LOG_FORMAT: must be one of text, json")
                .hasMessageContaining("ANJU_PUBLIC_URL: must be an address")
                .hasMessageContaining("ANJU_POLICY_DIR: there is no folder")
                .hasMessageContaining("ANJU_DATABASE_URL: must begin with postgresql://");
    }

    @Test
    void an_own_database_needs_its_key_file() {
        assertThatThrownBy(() -> Settings.read(Map.of("ANJU_DATABASE_URL", "postgresql://anju:pw@db/anju")))
                .hasMessage("ANJU_KEY_FILE: must be set when ANJU_DATABASE_URL is");
    }

    @Test
    void secrets_come_from_files_and_are_never_printed() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "hush\n");
        var settings = Settings.read(Map.of(
                "ANJU_DATABASE_URL", "postgresql://anju@db:5433/anju%20test",
                "ANJU_DATABASE_PASSWORD_FILE", secret.toString(),
                "ANJU_KEY_FILE", secret.toString(),
                "ANJU_WECHAT_APP_ID", "wx1",
                "ANJU_WECHAT_SECRET_FILE", secret.toString(),
                "ANJU_SMS_URL", "https://sms.example/",
                "ANJU_SMS_TOKEN_FILE", secret.toString()));
        var address = settings.database().address();
        assertThat(address).isNotNull();
        assertThat(address.password()).isEqualTo("hush");
        assertThat(address.database()).isEqualTo("anju test");
        assertThat(address.port()).isEqualTo(5433);
        assertThat(settings.weChat().secret()).isEqualTo("hush");
        assertThat(settings.toString()).doesNotContain("hush");
    }
}
