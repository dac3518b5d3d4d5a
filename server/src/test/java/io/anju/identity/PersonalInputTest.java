package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What residents type: names, phones; and whence they come. */
class PersonalInputTest {
    @ParameterizedTest
    @CsvSource({
        "张三, 张三",
        "' 欧阳震华 ', 欧阳震华",
        "买买提•艾力, 买买提·艾力",
        "买买提・艾力, 买买提·艾力",
        "𠮷野, 𠮷野",
        "MARIA DE LA CRUZ, MARIA DE LA CRUZ",
        "José O'Neill Jr., José O'Neill Jr.",
    })
    void brings_a_name_to_one_spelling(String text, String name) {
        assertThat(RealName.normalise(text)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "张",
                "张3",
                "张*",
                "·张三",
                "张三·",
                "张··三",
                "<b>张三</b>",
                "张三\u0000",
                "张\u202e三",
                "A",
                "12",
                "张三;DROP",
                "😀😀"
            })
    void refuses_what_is_no_name(String text) {
        assertThat(RealName.normalise(text)).isEmpty();
    }

    @Test
    void a_name_has_at_most_fifty_characters() {
        assertThat(RealName.normalise("张".repeat(50))).isPresent();
        assertThat(RealName.normalise("张".repeat(51))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "13900000001, +8613900000001",
        "139 0000 0001, +8613900000001",
        "139-0000-0001, +8613900000001",
        "+86 139 0000 0001, +8613900000001",
        "008613900000001, +8613900000001",
        "+852 5123 4567, +85251234567",
    })
    void brings_a_phone_to_one_spelling(String text, String e164) {
        assertThat(PhoneNumbers.normalise(text)).contains(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "hello",
                "0532-88888888",
                "13900000001 ext 5",
                "1390000000",
                "139000000011",
                "95588",
                "+14155552671",
                "+8801712345678",
                "400 820 8820",
                "'; --"
            })
    void refuses_what_gets_no_message_of_ours(String text) {
        assertThat(PhoneNumbers.normalise(text)).isEmpty();
    }

    @Test
    void hides_the_middle_of_a_phone() {
        assertThat(PhoneNumbers.masked("+8613900000001")).isEqualTo("139****0001");
        assertThat(PhoneNumbers.masked("+85251234567")).doesNotContain("5123");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "::ffff:192.0.2.7, 192.0.2.7",
        "unknown, unknown",
    })
    void counts_an_ipv6_customer_as_one(String address, String subject) {
        assertThat(NetworkAddress.subject(address)).isEqualTo(subject);
    }

    @Test
    void names_every_fault_of_a_binding_with_its_field() {
        assertThat(IdentityPolicy.faults("x1", "110105194912310021", LocalDate.of(2026, 11, 22)))
                .extracting(finding -> finding.pointer() + " " + finding.code().id())
                .containsExactly("/realName real-name-invalid", "/nationalId national-id-check-digit");
    }
}
