package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_234_567_890);

    /** RFC 6238, appendix B, SHA-1; its eight digits end in our six. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130",
    })
    void gives_the_passwords_of_the_standard(long second, String password) {
        assertThat(Totp.password(SECRET, Totp.step(Instant.ofEpochSecond(second))))
                .isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({"-60, false", "-30, true", "0, true", "30, true", "60, false"})
    void takes_the_steps_beside_the_present_one_and_no_others(long seconds, boolean taken) {
        var password = Totp.password(SECRET, Totp.step(NOW.plusSeconds(seconds)));
        assertThat(Totp.match(SECRET, password, 0, NOW).isPresent()).isEqualTo(taken);
    }

    @Test
    void takes_no_password_of_a_step_that_was_taken() {
        var step = Totp.step(NOW);
        assertThat(Totp.match(SECRET, Totp.password(SECRET, step), step, NOW)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.password(SECRET, step - 1), step, NOW))
                .isEmpty();
        assertThat(Totp.match(SECRET, Totp.password(SECRET, step + 1), step, NOW))
                .hasValue(step + 1);
    }

    @Test
    void writes_a_secret_as_apps_read_it() {
        assertThat(Totp.text(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.uri("street.reviewer", SECRET))
                .isEqualTo("otpauth://totp/Anju:street.reviewer?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Anju&algorithm=SHA1&digits=6&period=30");
        assertThat(Totp.newSecret()).hasSize(20).isNotEqualTo(Totp.newSecret());
    }
}
