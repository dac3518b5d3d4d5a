package io.anju.review;

import static io.anju.review.ReviewProblem.DECISION_NOT_FOR_THIS_TASK;
import static io.anju.review.ReviewProblem.FIELD_NOT_FOR_THIS_DECISION;
import static io.anju.review.ReviewProblem.FOUR_EYES_REQUIRED;
import static io.anju.review.ReviewProblem.ITEMS_REQUIRED;
import static io.anju.review.ReviewProblem.NOTE_REQUIRED;
import static io.anju.review.ReviewProblem.REASON_REQUIRED;
import static io.anju.review.ReviewProblem.STEP_NOT_EARLIER;
import static io.anju.review.ReviewProblem.STEP_REQUIRED;
import static io.anju.review.ReviewProblem.TASK_CLAIMED;
import static io.anju.review.ReviewProblem.TASK_CLOSED;
import static io.anju.review.ReviewProblem.TASK_DECIDED;
import static io.anju.review.ReviewProblem.TASK_NOT_CLAIMED;

import io.anju.platform.http.Office;
import io.anju.platform.problem.Finding;
import io.anju.policy.Step;
import io.anju.review.Decision.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who may work on a task, and which decisions are whole. */
final class ReviewPolicy {
    private static final Map<Task.Kind, Set<Verdict>> VERDICTS = Map.of(
            Task.Kind.REVIEW,
            EnumSet.of(Verdict.APPROVE, Verdict.REFUSE, Verdict.SEND_BACK, Verdict.REQUEST_CORRECTION),
            Task.Kind.RE_REVIEW,
            EnumSet.of(Verdict.UPHOLD, Verdict.OVERTURN));

    private static final Set<Verdict> NEED_NOTE = EnumSet.of(Verdict.SEND_BACK, Verdict.UPHOLD, Verdict.OVERTURN);

    private ReviewPolicy() {}

    static boolean isOf(Office office, Task task) {
        return office.is(task.cityCode(), task.officeLevel(), task.areaCode());
    }

    /** What keeps this person from taking the task. */
    static Optional<ReviewProblem> againstClaim(Task task, UUID staff) {
        if (!task.isUndecided()) {
            return Optional.of(task.state() == Task.State.DECIDED ? TASK_DECIDED : TASK_CLOSED);
        }
        if (task.claimedBy() != null && !task.claimedBy().equals(staff)) {
            return Optional.of(TASK_CLAIMED);
        }
        return staff.equals(task.firstDecider()) ? Optional.of(FOUR_EYES_REQUIRED) : Optional.empty();
    }

    /** What keeps this person from deciding the task, or giving it back. */
    static Optional<ReviewProblem> againstWork(Task task, UUID staff) {
        var problem = againstClaim(task, staff);
        if (problem.isPresent()) {
            return problem.map(found -> found == TASK_CLAIMED ? TASK_NOT_CLAIMED : found);
        }
        return task.state() == Task.State.OPEN ? Optional.of(TASK_NOT_CLAIMED) : Optional.empty();
    }

    /** The review steps before the task's own: where it may be sent back to. */
    static List<Step> stepsBefore(Task task, List<Step> pipeline) {
        return task.kind() == Task.Kind.RE_REVIEW
                ? List.of()
                : pipeline.stream()
                        .filter(step -> step.kind() == Step.Kind.REVIEW && step.index() < task.stepIndex())
                        .toList();
    }

    /** What is wrong with a decision on this task, all at once. */
    static List<Finding> findings(Task task, Decision decision, List<Step> pipeline) {
        if (!VERDICTS.getOrDefault(task.kind(), Set.of()).contains(decision.verdict())) {
            return List.of(Finding.of("/decision", DECISION_NOT_FOR_THIS_TASK));
        }
        var findings = new ArrayList<Finding>();
        checkReasons(decision, findings);
        checkStep(task, decision, pipeline, findings);
        checkItems(decision, findings);
        return List.copyOf(findings);
    }

    private static void checkReasons(Decision decision, List<Finding> findings) {
        var reasons = decision.reasonCodes();
        if (decision.verdict() == Verdict.REFUSE) {
            if (reasons.isEmpty()) {
                findings.add(Finding.of("/reasonCodes", REASON_REQUIRED));
            }
        } else if (!reasons.isEmpty()) {
            findings.add(Finding.of("/reasonCodes", FIELD_NOT_FOR_THIS_DECISION));
        }
        var needsNote = NEED_NOTE.contains(decision.verdict()) || reasons.contains(Decision.OTHER_REASON);
        if (needsNote && (decision.note() == null || decision.note().isBlank())) {
            findings.add(Finding.of("/note", NOTE_REQUIRED));
        }
    }

    private static void checkStep(Task task, Decision decision, List<Step> pipeline, List<Finding> findings) {
        var toStep = decision.toStep();
        if (decision.verdict() != Verdict.SEND_BACK) {
            if (toStep != null) {
                findings.add(Finding.of("/toStep", FIELD_NOT_FOR_THIS_DECISION));
            }
        } else if (toStep == null) {
            findings.add(Finding.of("/toStep", STEP_REQUIRED));
        } else if (stepsBefore(task, pipeline).stream().noneMatch(step -> step.index() == toStep)) {
            findings.add(Finding.of("/toStep", STEP_NOT_EARLIER));
        }
    }

    private static void checkItems(Decision decision, List<Finding> findings) {
        var isRequest = decision.verdict() == Verdict.REQUEST_CORRECTION;
        if (isRequest && decision.items().isEmpty()) {
            findings.add(Finding.of("/items", ITEMS_REQUIRED));
        }
        if (!isRequest && !decision.items().isEmpty()) {
            findings.add(Finding.of("/items", FIELD_NOT_FOR_THIS_DECISION));
        }
    }
}
