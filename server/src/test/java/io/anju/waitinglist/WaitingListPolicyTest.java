package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingListPolicyTest {
    private static final Instant DAY = Instant.parse("2026-03-02T02:00:00Z");
    private static final LocalDate REGISTERED_ON = LocalDate.of(2026, 3, 2);
    private static final Reason REASON = new Reason("已签约入住", "《办法》第十七条", "ZL-2026-001872", "可申请行政复议");

    @ParameterizedTest
    @CsvSource({"2026-03-01", "2026-03-21"})
    void refuses_an_exit_before_the_registration_or_in_the_future(LocalDate occurredOn) {
        var refusal = catchThrowableOfType(
                Refusal.class,
                () -> WaitingListPolicy.checkExit(
                        registration(), housed(occurredOn, REASON), LocalDate.of(2026, 3, 20)));
        assertThat(refusal.code()).isEqualTo(WaitingListProblem.EXIT_DATE_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @CsvSource({"本人110105194912310021已故", "联系电话13800138000", "卡号6222021234567890123"})
    void refuses_a_reason_that_holds_an_identifying_number(String finding) {
        var reason = new Reason(finding, REASON.basis(), REASON.evidenceNumber(), REASON.remedy());
        var refusal = catchThrowableOfType(
                Refusal.class,
                () -> WaitingListPolicy.checkExit(registration(), housed(REGISTERED_ON, reason), REGISTERED_ON));
        assertThat(refusal.findings()).extracting(Finding::pointer).containsExactly("/finding");
    }

    @Test
    void accepts_an_exit_on_the_day_of_registration() {
        WaitingListPolicy.checkExit(registration(), housed(REGISTERED_ON, REASON), REGISTERED_ON);
    }

    private static RegistrationExit housed(LocalDate occurredOn, Reason reason) {
        return new RegistrationExit(Registration.ExitType.HOUSED, occurredOn, reason, Registration.Home.UNKNOWN);
    }

    @Test
    void whoever_was_not_housed_moved_into_no_home() {
        var exit = new RegistrationExit(
                Registration.ExitType.WITHDRAWN, REGISTERED_ON, REASON, new Registration.Home("示例家园", null));
        var refusal = catchThrowableOfType(
                Refusal.class, () -> WaitingListPolicy.checkExit(registration(), exit, REGISTERED_ON));
        assertThat(refusal.code()).isEqualTo(WaitingListProblem.HOME_WITHOUT_HOUSING);
    }

    private static Registration registration() {
        return new Registration(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                new ListKey("370200", "public-rental"),
                1,
                "370202001001",
                "370200-2026-0000123-K",
                "王**",
                1,
                "low-income",
                DAY,
                REGISTERED_ON,
                REGISTERED_ON,
                "digest",
                null,
                0,
                null,
                null);
    }
}
