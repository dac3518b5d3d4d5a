package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackingCodeTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SEED = 20_260_304;
    private final Random random = new Random(SEED);

    private TrackingCode draw() {
        var seed = new byte[32];
        random.nextBytes(seed);
        return TrackingCode.of(seed);
    }

    @Test
    void reads_back_what_it_shows() {
        for (int i = 0; i < 1000; i++) {
            var code = draw();
            assertThat(code.text()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}");
            assertThat(TrackingCode.parse(code.text())).contains(code);
        }
    }

    @Test
    void reads_what_people_make_of_it() {
        var seed = new byte[32];
        Arrays.fill(seed, (byte) 0);
        var code = TrackingCode.of(seed);
        assertThat(TrackingCode.parse(code.text().toLowerCase(Locale.ROOT).replace('-', ' ')))
                .contains(code);
        assertThat(TrackingCode.parse(code.text().replace('0', 'O').replace("-", "")))
                .contains(code);
        var other = draw();
        assertThat(TrackingCode.parse(other.text().replace('1', 'I'))).contains(other);
        assertThat(TrackingCode.parse(other.text().replace('1', 'l'))).contains(other);
    }

    @Test
    void finds_every_wrong_character_and_every_two_that_are_swapped() {
        for (int i = 0; i < 50; i++) {
            var plain = draw().text().replace("-", "");
            for (int at = 0; at < plain.length(); at++) {
                for (var other : ALPHABET.toCharArray()) {
                    if (other != plain.charAt(at)) {
                        var wrong = plain.substring(0, at) + other + plain.substring(at + 1);
                        assertThat(TrackingCode.parse(wrong)).isEmpty();
                    }
                }
                if (at > 0 && plain.charAt(at) != plain.charAt(at - 1)) {
                    var swapped = plain.substring(0, at - 1)
                            + plain.charAt(at)
                            + plain.charAt(at - 1)
                            + plain.substring(at + 1);
                    assertThat(TrackingCode.parse(swapped)).isEmpty();
                }
            }
        }
    }

    @Test
    void refuses_what_has_another_length_or_other_characters() {
        var text = draw().text();
        assertThat(TrackingCode.parse(text + "0")).isEmpty();
        assertThat(TrackingCode.parse(text.substring(1))).isEmpty();
        assertThat(TrackingCode.parse(text.substring(1) + "U")).isEmpty();
    }

    @Test
    void uses_all_of_its_bits_and_shows_the_secret_to_nobody_who_prints_it() {
        var lookups = new HashSet<String>();
        var secrets = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            var code = draw();
            lookups.add(code.lookup());
            secrets.add(code.secret());
            assertThat("" + code).doesNotContain(code.secret(), code.lookup());
        }
        assertThat(lookups).hasSize(10_000);
        assertThat(secrets).hasSize(10_000);
        for (int at = 0; at < 16; at++) {
            int place = at;
            assertThat(secrets.stream().map(secret -> secret.charAt(place)).distinct())
                    .hasSize(ALPHABET.length());
        }
    }
}
