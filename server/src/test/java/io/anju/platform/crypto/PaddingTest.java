package io.anju.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaddingTest {
    @Test
    void gives_texts_of_any_length_one_size() {
        var sizes = new HashSet<Integer>();
        for (int characters = 1; characters <= 5000; characters += 7) {
            sizes.add(Padding.pad("漏".repeat(characters).getBytes(StandardCharsets.UTF_8)).length);
        }
        assertThat(sizes).isEqualTo(Set.of(16 * 1024));
    }

    @Test
    void gives_back_every_byte() {
        for (int length : new int[] {0, 1, 16_382, 16_383, 16_384, 16_385, 70_000, 1 << 20}) {
            for (byte last : new byte[] {0, 1, (byte) 0x80, (byte) 0xFF}) {
                var content = new byte[length];
                Arrays.fill(content, last);
                var padded = Padding.pad(content);
                assertThat(padded.length).isGreaterThan(length);
                assertThat(Padding.strip(padded)).isEqualTo(content);
                assertThat(Padding.padFile(content)).hasSizeGreaterThanOrEqualTo(1 << 20);
                assertThat(Padding.strip(Padding.padFile(content))).isEqualTo(content);
            }
        }
    }

    @Test
    void leaves_alone_what_was_never_padded() {
        var text = "一".getBytes(StandardCharsets.UTF_8);
        assertThat(text[text.length - 1]).isEqualTo((byte) 0x80);
        assertThat(Padding.strip(text)).isEqualTo(text);
        assertThat(Padding.strip(new byte[16 * 1024])).hasSize(16 * 1024);
    }

    @Test
    void refuses_what_is_larger_than_anything_that_is_taken() {
        assertThatThrownBy(() -> Padding.pad(new byte[16 * 1024 * 1024])).isInstanceOf(IllegalArgumentException.class);
    }
}
