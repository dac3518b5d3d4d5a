package io.anju.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @Test
    void a_name_shows_its_first_character_and_not_its_length() {
        assertThat(Masking.name("张三")).isEqualTo("张**");
        assertThat(Masking.name("欧阳娜娜")).isEqualTo("欧**");
        assertThat(Masking.name("𠮷田")).isEqualTo("𠮷**");
        assertThat(Masking.name("")).isEqualTo("**");
    }

    @Test
    void numbers_show_their_ends_only() {
        assertThat(Masking.nationalId("11010519491231002X")).isEqualTo("1101************2X");
        assertThat(Masking.phone("13812345678")).isEqualTo("138****5678");
        assertThat(Masking.bankCard("6222020200112233445")).isEqualTo("***************3445");
        assertThat(Masking.phone("12345")).isEqualTo("*****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"张三 11010519491231002X", "电话13812345678。", "卡号 6222020200112233445"})
    void a_text_with_a_whole_number_is_not_published(String text) {
        assertThatThrownBy(() -> Masking.requireMasked(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"张** 1101************2X", "138****5678", "QD-2026-000123-7", "370202001001", "84.3438"})
    void a_masked_text_is_given_back(String text) {
        assertThat(Masking.requireMasked(text)).isEqualTo(text);
    }
}
