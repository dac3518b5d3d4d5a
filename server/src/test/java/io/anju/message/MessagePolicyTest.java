package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.message.MessagePolicy.Outcome;
import io.anju.rent.Bill;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Bill.SubsidyState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagePolicyTest {
    private static final LocalDate LONGEST_DAY = LocalDate.of(2026, 12, 31);

    private static Bill bill(Charge charge) {
        return new Bill(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "ZL-1",
                "440100",
                charge,
                "",
                LONGEST_DAY,
                LONGEST_DAY,
                LONGEST_DAY,
                LONGEST_DAY,
                1,
                0,
                SubsidyState.NONE,
                0,
                0,
                0,
                Instant.EPOCH,
                null);
    }

    @ParameterizedTest
    @EnumSource(Charge.class)
    void what_a_message_is_about_fits_twenty_characters(Charge charge) {
        assertThat(MessagePolicy.thing(bill(charge))).startsWith("2026年12月31日起").hasSizeBetween(13, 20);
    }

    @Test
    void the_other_texts_fit_too() {
        assertThat(MessagePolicy.OVERDUE).isEqualTo("租金逾期提醒，请进入小程序查看").hasSizeLessThanOrEqualTo(20);
        assertThat(MessagePolicy.PAID).isEqualTo("已收到您的缴费");
        assertThat(MessagePolicy.REFUNDED).isEqualTo("退款已原路退回");
        assertThat(MessagePolicy.date(LocalDate.of(2026, 3, 4))).isEqualTo("2026年3月4日");
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01元", "10, 0.10元", "36111, 361.11元", "60000, 600.00元", "999999999, 9999999.99元"})
    void amounts_are_in_yuan(long fen, String text) {
        assertThat(MessagePolicy.amount(fen)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, SENT",
        "43101, REFUSED",
        "-1, LATER",
        "45009, LATER",
        "40001, LATER",
        "42001, LATER",
        "40003, FAILED",
        "47003, FAILED",
        "40037, FAILED",
        "12345, FAILED"
    })
    void answers_mean(int errcode, Outcome outcome) {
        assertThat(MessagePolicy.outcome(errcode)).isEqualTo(outcome);
    }

    @Test
    void a_message_is_given_up_after_some_hours() {
        var sum = Duration.ZERO;
        int tries = 1;
        for (; ; tries++) {
            Optional<Duration> wait = MessagePolicy.waitAfter(tries);
            if (wait.isEmpty()) {
                break;
            }
            sum = sum.plus(wait.get());
        }
        assertThat(tries).isEqualTo(7);
        assertThat(sum).isBetween(Duration.ofHours(3), Duration.ofHours(6));
    }
}
