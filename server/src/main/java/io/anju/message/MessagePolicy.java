package io.anju.message;

import io.anju.rent.Bill;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What messages say, within WeChat's limits of each field, and what WeChat's answers mean. */
final class MessagePolicy {
    /** More consents of one template than this are not counted. */
    static final int MOST_UNUSED = 10;

    static final String OVERDUE = "租金逾期提醒，请进入小程序查看";
    static final String PAID = "已收到您的缴费";
    static final String REFUNDED = "退款已原路退回";

    /** After a try to which there was no answer that means anything; a message is worth nothing after some hours. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2));

    private MessagePolicy() {}

    static String thing(Bill bill) {
        var what =
                switch (bill.charge()) {
                    case RENT -> "租金";
                    case DEPOSIT -> "租赁押金";
                    case AFTER_END -> "占用费";
                    case LATE_FEE -> "滞纳金";
                };
        return date(bill.from()) + "起" + what;
    }

    /** Yuan, as WeChat takes them. */
    static String amount(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString() + "元";
    }

    static String date(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    /** How a try ended. */
    enum Outcome {
        SENT,
        /** There is no consent at WeChat, whatever we hold. */
        REFUSED,
        /** It will never be taken: the fields, the template or the user are not right. */
        FAILED,
        LATER,
        /** There was no answer for hours. */
        GIVEN_UP
    }

    static Outcome outcome(int errcode) {
        return switch (errcode) {
            case 0 -> Outcome.SENT;
            case 43101 -> Outcome.REFUSED;
            // -1 system busy, 45009 the day's quota; 40001, 40014, 42001 the token, which was renewed and tried again
            case -1, 45009, 40001, 40014, 42001 -> Outcome.LATER;
            // 40003 openid, 40037 template, 47003 fields, and whatever else WeChat may come to say
            default -> Outcome.FAILED;
        };
    }

    /** How long to wait after this many tries; empty where it is given up. */
    static Optional<Duration> waitAfter(int tries) {
        return tries <= WAITS.size() ? Optional.of(WAITS.get(tries - 1)) : Optional.empty();
    }
}
