package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiptNumberTest {
    @Test
    void the_check_character_is_that_of_iso_7064_mod_37_36() {
        // the example of the GRid standard, which uses the same system
        assertThat(ReceiptNumber.checkCharacter("A12425GABC1234002")).isEqualTo('M');
    }

    @Test
    void holds_city_year_and_serial() {
        var number = ReceiptNumber.of("370200", 2026, 123).text();

        assertThat(number).isEqualTo("370200-2026-0000123-U");
        assertThat(ReceiptNumber.isValid(number)).isTrue();
        assertThat(ReceiptNumber.isValid(number.toLowerCase(java.util.Locale.ROOT)))
                .isTrue();
        assertThat(ReceiptNumber.isValid(
                        ReceiptNumber.of("370200", 2026, 123_456_789).text()))
                .isTrue();
    }

    @Test
    void finds_every_single_wrong_digit_and_every_swap_of_neighbours() {
        var number = ReceiptNumber.of("370200", 2026, 4_711).text();
        for (int i = 0; i < number.length(); i++) {
            if (!Character.isDigit(number.charAt(i))) {
                continue;
            }
            for (char digit = '0'; digit <= '9'; digit++) {
                var other = number.substring(0, i) + digit + number.substring(i + 1);
                assertThat(ReceiptNumber.isValid(other)).as(other).isEqualTo(digit == number.charAt(i));
            }
            var next = i + 1 < number.length() ? number.charAt(i + 1) : '-';
            if (Character.isDigit(next) && next != number.charAt(i)) {
                var swapped = number.substring(0, i) + next + number.charAt(i) + number.substring(i + 2);
                assertThat(ReceiptNumber.isValid(swapped)).as(swapped).isFalse();
            }
        }
    }

    @Test
    void refuses_what_has_another_form() {
        assertThat(ReceiptNumber.isValid("")).isFalse();
        assertThat(ReceiptNumber.isValid("370200-2026-123-U")).isFalse();
        assertThat(ReceiptNumber.isValid("37020020260000123U")).isFalse();
    }
}
