package io.anju.publicity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.policy.Text;
import io.anju.publicity.Notice.Line;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicityPolicyTest {
    private static final String RECEIPT_NUMBER = "370200-2026-0000123-K";

    /** What a list of 2018 in Xinning county showed, and the ways in which people write the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002X",
                "11010519491231002x",
                "440524188001010014",
                "110105 19491231 002X",
                "110105-19491231-002X",
                "１１０１０５１９４９１２３１００２Ｘ",
                "身份证11010519491231002X号",
                "110105491231002",
                "13900000000",
                "139 0000 0000",
                "139-0000-0000",
                "+8613900000000",
                "电话：13900000000",
                "6222021234567890128",
                "6222 0212 3456 7890 128",
                "6222021234567890",
            })
    void a_text_with_a_full_identifier_cannot_be_shown(String text) {
        assertThat(PublicityPolicy.showsIdentifier(text)).isTrue();
        assertThat(PublicityPolicy.mayBeShown(line(RECEIPT_NUMBER, "张*" + text, "市南区", "low-income", null)))
                .isFalse();
        assertThat(PublicityPolicy.mayBeShown(line(RECEIPT_NUMBER, "张*", text, "low-income", null)))
                .isFalse();
        assertThat(PublicityPolicy.mayBeShown(line(RECEIPT_NUMBER, "张*", "市南区", text, null)))
                .isFalse();
        assertThat(PublicityPolicy.mayBeShown(line(text, "张*", "市南区", "low-income", null)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "370200-2026-0000123-K,   张*,   市南区, low-income, 71.0000, true",
        "370200-2026-0000123-K,   欧阳**, 市北区, low-income, ,        true",
        "370200-2026-000000123-K, 张*,   市南区, low-income, 100.0000, true",
        "370200-2026-0000123-K,   张三,  市南区, low-income, 71.0000, false",
        "370200-2026-0000123,     张*,   市南区, low-income, 71.0000, false",
        "11010519491231002X,      张*,   市南区, low-income, 71.0000, false",
    })
    void a_line_is_masked_and_names_its_receipt(
            String receiptNumber,
            String name,
            String district,
            String category,
            @Nullable String score,
            boolean shown) {
        assertThat(PublicityPolicy.mayBeShown(line(receiptNumber, name, district, category, score)))
                .isEqualTo(shown);
    }

    @Test
    void a_tracking_number_is_long_random_and_easy_to_copy() {
        assertThat(TrackingNumber.next()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}");
        assertThat(TrackingNumber.next()).isNotEqualTo(TrackingNumber.next());
    }

    private static Line line(
            String receiptNumber, String name, String district, String category, @Nullable String score) {
        return new Line(
                new UUID(1, 1), receiptNumber, name, 3, "370202", new Text(district, "Shinan"), category, score, null);
    }
}
