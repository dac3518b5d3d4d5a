package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Office;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EasyPasswordsTest {
    private static final Office OFFICE = new Office("370200", "street", "370202001", "八大峡街道办");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "Password1234567",
                "123456789012",
                "987654321098",
                "qwertyuiop12",
                "aaaaaaaaaaaaaaaa",
                "administrator1",
                "street.reviewer1",
                "xx-street.reviewer-77"
            })
    void common_words_rows_of_keys_and_user_names_are_no_passwords(String password) {
        assertThat(isEasy(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1qaz2wsx3edc", "1QAZ2wsx3EDC", "q1w2e3r4t5y6", "sonyericsson", "unbelievable", "ghjcnjgfhjkm"})
    void what_was_breached_often_is_no_password(String password) {
        assertThat(EasyPasswords.SHIPPED.isCommon(password.toLowerCase(Locale.ROOT)))
                .isTrue();
        assertThat(isEasy(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AnjuQingdao2026!",
                "@nju-qingda0-88",
                "Gongzufang#2026",
                "公租房青岛审核员2026",
                "MinZheng_Jiedao99",
                "八大峡街道办370202001",
                "Reviewer!Street1"
            })
    void words_of_this_service_with_little_beside_them_are_no_passwords(String password) {
        assertThat(isEasy(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "海边的灯塔在第七个转角处亮着",
                "k8#vQ2!mZx9@rT",
                "the street lamp of my aunt",
                "0f3c1a52-77b1-4d0e-9a64-2f5d1be8c6a3"
            })
    void what_nobody_tries_first_is_one(String password) {
        assertThat(isEasy(password)).isFalse();
    }

    @Test
    void three_thousand_common_passwords_of_our_length_are_known_and_more() throws IOException {
        try (var in = EasyPasswordsTest.class.getResourceAsStream("/passwords/common.sha256")) {
            assertThat(in).isNotNull();
            assertThat(in.readAllBytes().length / Long.BYTES).isGreaterThanOrEqualTo(20_000);
        }
    }

    private static boolean isEasy(String password) {
        return EasyPasswords.SHIPPED.contains(password, "street.reviewer", OFFICE);
    }
}
