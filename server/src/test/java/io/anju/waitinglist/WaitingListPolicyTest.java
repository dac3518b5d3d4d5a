package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyFolder;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.anju.waitinglist.WaitingListPolicy.Candidate;
import io.anju.waitinglist.WaitingListPolicy.Later;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingListPolicyTest {
    /** Qingdao: ties are decided by the earlier application. */
    private static final Comparator<io.anju.policy.Standing> SCORE_THEN_APPLICATION = ordering("370200");

    private static final Instant DAY = Instant.parse("2026-03-02T02:00:00Z");
    private static final LocalDate REGISTERED_ON = LocalDate.of(2026, 3, 2);
    private static final Reason REASON = new Reason("已签约入住", "《办法》第十七条", "ZL-2026-001872", "可申请行政复议");

    @Test
    void higher_score_stands_further_ahead() {
        var low = candidate(1, "370202", 0, "49.5000");
        var high = candidate(2, "370203", 0, "84.3438");
        var middle = candidate(3, "370202", 0, "71.0000");
        assertThat(WaitingListPolicy.rank(List.of(low, high, middle), SCORE_THEN_APPLICATION))
                .extracting(Standing.Line::registrationId)
                .containsExactly(high.registrationId(), middle.registrationId(), low.registrationId());
    }

    @Test
    void of_equal_scores_the_earlier_application_is_ahead() {
        var late = candidate(1, "370202", 5, "71.0000");
        var early = candidate(2, "370202", 4, "71.0000");
        assertThat(WaitingListPolicy.rank(List.of(late, early), SCORE_THEN_APPLICATION))
                .extracting(Standing.Line::registrationId)
                .containsExactly(early.registrationId(), late.registrationId());
    }

    @Test
    void places_in_a_district_follow_the_list_without_gaps() {
        var lines = WaitingListPolicy.rank(
                List.of(
                        candidate(1, "370202", 0, "10.0000"),
                        candidate(2, "370203", 0, "30.0000"),
                        candidate(3, "370202", 0, "20.0000")),
                SCORE_THEN_APPLICATION);
        assertThat(lines).extracting(Standing.Line::rank).containsExactly(1, 2, 3);
        assertThat(lines).extracting(Standing.Line::districtRank).containsExactly(1, 1, 2);
    }

    @Test
    void places_in_parts_follow_the_list_without_gaps() {
        var parts =
                WaitingListPolicy.parts(List.of(offered(1, 2), offered(2, 1), offered(3, null), offered(4, 2)), true);
        assertThat(parts).extracting(Placed.Parts::homeRank).containsExactly(1, 1, null, 2);
        assertThat(parts).extracting(Placed.Parts::classRank).containsExactly(1, 2, 3, 4);
        assertThat(WaitingListPolicy.parts(List.of(offered(1, 2)), false))
                .extracting(Placed.Parts::classRank)
                .containsOnlyNulls();
    }

    private static Candidate offered(int sequence, @Nullable Integer rooms) {
        var one = candidate(sequence, "370202", 0, "1");
        return new Candidate(
                one.registrationId(),
                one.sequence(),
                one.districtCode(),
                one.policyDigest(),
                one.keys(),
                one.later(),
                rooms);
    }

    @Test
    void order_is_total_and_the_same_however_the_facts_are_read() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < 500; i++) {
            candidates.add(candidate(i, "37020" + random.nextInt(3), random.nextInt(4), random.nextInt(5) + ".0000"));
        }
        var expected = WaitingListPolicy.rank(candidates, SCORE_THEN_APPLICATION);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(candidates, random);
            assertThat(WaitingListPolicy.rank(candidates, SCORE_THEN_APPLICATION))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_city_without_scoring_orders_by_application() {
        var late = candidate(1, "320302", 5, "0.0000");
        var early = candidate(2, "320302", 4, "0.0000");
        assertThat(WaitingListPolicy.rank(List.of(late, early), ordering("320300")))
                .extracting(Standing.Line::registrationId)
                .containsExactly(early.registrationId(), late.registrationId());
    }

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

    @Test
    void who_was_sent_to_the_end_stands_behind_everyone_in_the_order_of_the_refusals() {
        var lines = WaitingListPolicy.rank(
                List.of(
                        later(candidate(1, "370202", 0, "99"), new Later(null, false, 8)),
                        later(candidate(2, "370202", 0, "98"), new Later(null, false, 7)),
                        candidate(3, "370202", 5, "1")),
                ordering("370200"));
        assertThat(lines)
                .extracting(Standing.Line::registrationId)
                .containsExactly(new UUID(7, 3), new UUID(7, 2), new UUID(7, 1));
    }

    @Test
    void the_frozen_keep_their_place_and_nobody_counts_them_as_ahead() {
        var lines = WaitingListPolicy.rank(
                List.of(
                        later(candidate(1, "370202", 0, "90"), new Later(null, true, 0)),
                        candidate(2, "370202", 0, "80"),
                        candidate(3, "370202", 0, "70")),
                ordering("370200"));
        assertThat(lines).extracting(Standing.Line::rank).containsExactly(1, 2, 3);
        assertThat(lines).extracting(Standing.Line::ahead).containsExactly(0, 0, 1);
    }

    private static Candidate later(Candidate one, Later later) {
        return new Candidate(
                one.registrationId(), one.sequence(), one.districtCode(), one.policyDigest(), one.keys(), later, null);
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

    private static Candidate candidate(int sequence, String district, int hoursLater, String score) {
        var receipt = "370200-2026-%07d-K".formatted(sequence);
        var keys =
                new io.anju.policy.Standing(new BigDecimal(score), DAY.plusSeconds(3600L * hoursLater), DAY, receipt);
        return new Candidate(new UUID(7, sequence), sequence, district, "digest", keys, Later.NOTHING, null);
    }

    private static Comparator<io.anju.policy.Standing> ordering(String cityCode) {
        return PolicyFolder.shipped().documents().stream()
                .filter(document -> document.cityCode().equals(cityCode))
                .findFirst()
                .orElseThrow()
                .ordering();
    }
}
