package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.CorrectionItem;
import io.anju.platform.http.Office;
import io.anju.policy.Step;
import io.anju.policy.Text;
import io.anju.review.Decision.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewPolicyTest {
    private static final UUID ME = new UUID(7, 1);
    private static final UUID OTHER = new UUID(7, 2);
    private static final CorrectionItem ITEM = new CorrectionItem("/members/0/incomes", "document-missing", "请补充");

    private static final List<Step> PIPELINE = List.of(
            step(0, Step.Kind.REVIEW),
            step(1, Step.Kind.PUBLICITY),
            step(2, Step.Kind.REVIEW),
            step(3, Step.Kind.REVIEW));

    @ParameterizedTest
    @CsvSource({
        "OPEN,    ,      ,      ,                  TASK_NOT_CLAIMED",
        "CLAIMED, ME,    ,      ,                  ",
        "CLAIMED, OTHER, ,      TASK_CLAIMED,      TASK_NOT_CLAIMED",
        "DECIDED, ME,    ,      TASK_DECIDED,      TASK_DECIDED",
        "CLOSED,  ,      ,      TASK_CLOSED,       TASK_CLOSED",
        "OPEN,    ,      ME,    FOUR_EYES_REQUIRED,FOUR_EYES_REQUIRED",
        "OPEN,    ,      OTHER, ,                  TASK_NOT_CLAIMED",
        "CLAIMED, OTHER, ME,    TASK_CLAIMED,      TASK_NOT_CLAIMED",
    })
    void who_may_claim_and_who_may_work(
            Task.State state,
            @Nullable String claimedBy,
            @Nullable String firstDecider,
            @Nullable ReviewProblem againstClaim,
            @Nullable ReviewProblem againstWork) {
        var task = task(Task.Kind.REVIEW, 2, state, person(claimedBy), person(firstDecider));
        assertThat(ReviewPolicy.againstClaim(task, ME).orElse(null)).isEqualTo(againstClaim);
        assertThat(ReviewPolicy.againstWork(task, ME).orElse(null)).isEqualTo(againstWork);
    }

    static Stream<Arguments> decisions() {
        return Stream.of(
                row(Verdict.APPROVE, List.of(), null, null, List.of()),
                row(Verdict.APPROVE, List.of("other"), "有说明", null, List.of(), "/reasonCodes"),
                row(Verdict.APPROVE, List.of(), null, 0, List.of(ITEM), "/toStep", "/items"),
                row(Verdict.REFUSE, List.of("income-above-line"), null, null, List.of()),
                row(Verdict.REFUSE, List.of(), null, null, List.of(), "/reasonCodes"),
                row(Verdict.REFUSE, List.of("other"), null, null, List.of(), "/note"),
                row(Verdict.REFUSE, List.of("other"), "  ", null, List.of(), "/note"),
                row(Verdict.REFUSE, List.of("other"), "有说明", null, List.of()),
                row(Verdict.SEND_BACK, List.of(), "请核实", 0, List.of()),
                row(Verdict.SEND_BACK, List.of(), "请核实", null, List.of(), "/toStep"),
                row(Verdict.SEND_BACK, List.of(), null, 0, List.of(), "/note"),
                row(Verdict.SEND_BACK, List.of(), "公示环节不审核", 1, List.of(), "/toStep"),
                row(Verdict.SEND_BACK, List.of(), "本环节", 2, List.of(), "/toStep"),
                row(Verdict.SEND_BACK, List.of(), "之后的环节", 3, List.of(), "/toStep"),
                row(Verdict.REQUEST_CORRECTION, List.of(), null, null, List.of(ITEM)),
                row(Verdict.REQUEST_CORRECTION, List.of(), null, null, List.of(), "/items"),
                row(Verdict.UPHOLD, List.of(), "维持", null, List.of(), "/decision"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_decision_is_whole(Decision decision, List<String> pointers) {
        var task = task(Task.Kind.REVIEW, 2, Task.State.CLAIMED, ME, null);
        assertThat(ReviewPolicy.findings(task, decision, PIPELINE))
                .extracting(finding -> finding.pointer())
                .containsExactlyElementsOf(pointers);
    }

    @Test
    void a_re_review_is_upheld_or_overturned_with_a_note_and_nothing_else() {
        var task = task(Task.Kind.RE_REVIEW, 2, Task.State.CLAIMED, ME, OTHER);
        assertThat(ReviewPolicy.findings(task, Decision.reReview(true, "撤销"), PIPELINE))
                .isEmpty();
        assertThat(ReviewPolicy.findings(
                        task, new Decision(Verdict.UPHOLD, List.of(), null, null, List.of()), PIPELINE))
                .extracting(finding -> finding.pointer())
                .containsExactly("/note");
        assertThat(ReviewPolicy.findings(task, Decision.approve(), PIPELINE))
                .extracting(finding -> finding.pointer())
                .containsExactly("/decision");
        assertThat(ReviewPolicy.stepsBefore(task, PIPELINE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "community,     370202001001",
        "street,        370202001",
        "civil-affairs, 370202",
        "district,      370202",
        "city,          3702",
    })
    void an_office_is_in_charge_of_the_area_of_its_level(String level, String area) {
        assertThat(Office.areaOf(level, "370202001001")).isEqualTo(area);
    }

    @Test
    void a_task_is_overdue_from_the_day_after_its_due_day_until_it_is_decided() {
        var dueOn = LocalDate.of(2026, 2, 27);
        var open = task(Task.Kind.REVIEW, 0, Task.State.OPEN, null, null);
        assertThat(open.isOverdue(dueOn)).isFalse();
        assertThat(open.isOverdue(dueOn.plusDays(1))).isTrue();
        assertThat(task(Task.Kind.REVIEW, 0, Task.State.DECIDED, ME, null).isOverdue(dueOn.plusDays(1)))
                .isFalse();
    }

    private static Arguments row(
            Verdict verdict,
            List<String> reasons,
            @Nullable String note,
            @Nullable Integer toStep,
            List<CorrectionItem> items,
            String... pointers) {
        return Arguments.of(new Decision(verdict, reasons, note, toStep, items), List.of(pointers));
    }

    private static @Nullable UUID person(@Nullable String name) {
        return name == null ? null : name.equals("ME") ? ME : OTHER;
    }

    private static Step step(int index, Step.Kind kind) {
        return new Step(index, kind, "step-" + index, "street", 3, List.of(), new Text("环节", "Step"));
    }

    private static Task task(
            Task.Kind kind, int stepIndex, Task.State state, @Nullable UUID claimedBy, @Nullable UUID firstDecider) {
        return new Task(
                new UUID(1, 1),
                new UUID(1, 2),
                kind,
                "370200",
                "public-rental",
                stepIndex,
                "step-" + stepIndex,
                new Text("环节", "Step"),
                "street",
                "370202001",
                "0".repeat(64),
                "370200-2026-0000123-K",
                "张**",
                3,
                "low-income",
                state,
                claimedBy,
                claimedBy == null ? null : Instant.EPOCH,
                firstDecider,
                List.of(),
                Instant.EPOCH,
                LocalDate.of(2026, 2, 27),
                1);
    }
}
