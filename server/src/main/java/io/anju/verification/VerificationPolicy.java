package io.anju.verification;

import static io.anju.verification.VerificationProblem.ANSWER_CONTRADICTS;
import static io.anju.verification.VerificationProblem.ANSWER_MISSING;
import static io.anju.verification.VerificationProblem.ANSWER_NOT_FOUND;
import static io.anju.verification.VerificationProblem.AS_OF_IN_FUTURE;
import static io.anju.verification.VerificationProblem.OVERRIDE_NOT_NEEDED;
import static io.anju.verification.VerificationProblem.STATED_VALUE_AGREES;
import static io.anju.verification.VerificationProblem.STATED_VALUE_DIFFERS;
import static io.anju.verification.VerificationProblem.STATED_VALUE_MALFORMED;
import static io.anju.verification.VerificationProblem.STATED_VALUE_MISSING;

import io.anju.platform.problem.Finding;
import io.anju.verification.Answer.Result;
import io.anju.verification.Verification.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When joint verification lets a step pass, and when an answer makes sense. */
final class VerificationPolicy {
    /** Where a finding about a missing or contradicting answer points: the decision that it stands against. */
    private static final String DECISION = "/decision";

    private VerificationPolicy() {}

    static Status status(Verification verification) {
        var answer = verification.latest();
        if (answer == null) {
            return Status.MISSING;
        }
        if (answer.result() != Result.CONFIRMED && answer.content().overrideReason() != null) {
            return Status.ACCEPTED;
        }
        return switch (answer.result()) {
            case CONFIRMED -> Status.CONFIRMED;
            case CONTRADICTED -> Status.CONTRADICTED;
            case NOT_FOUND -> Status.NOT_FOUND;
        };
    }

    /**
     * What stands against passing the step, each fact by its name. An agency that knows nothing has not confirmed
     * anything either, so {@code not-found} needs a recorded reason as a contradiction does.
     */
    static List<Finding> standingAgainst(List<Verification> verifications) {
        return verifications.stream()
                .filter(Verification::required)
                .flatMap(verification -> finding(verification).stream())
                .toList();
    }

    private static Optional<Finding> finding(Verification verification) {
        var code =
                switch (status(verification)) {
                    case MISSING -> ANSWER_MISSING;
                    case CONTRADICTED -> ANSWER_CONTRADICTS;
                    case NOT_FOUND -> ANSWER_NOT_FOUND;
                    case CONFIRMED, ACCEPTED -> null;
                };
        var args = Map.of("agency", verification.agency(), "fact", verification.fact());
        return Optional.ofNullable(code).map(found -> new Finding(DECISION, found, args));
    }

    /** What is wrong with an answer, all at once. */
    static List<Finding> findings(Answer.Draft answer, DeclaredFact fact, String declared, LocalDate today) {
        var findings = new ArrayList<Finding>();
        if (answer.asOf().isAfter(today)) {
            findings.add(Finding.of("/asOf", AS_OF_IN_FUTURE));
        }
        if (answer.result() == Result.CONFIRMED && answer.content().overrideReason() != null) {
            findings.add(Finding.of("/overrideReason", OVERRIDE_NOT_NEEDED));
        }
        statedValueFinding(answer, fact, declared)
                .ifPresent(
                        code -> findings.add(new Finding("/statedValue", code, Map.of("notation", fact.notation()))));
        return List.copyOf(findings);
    }

    private static Optional<VerificationProblem> statedValueFinding(
            Answer.Draft answer, DeclaredFact fact, String declared) {
        var stated = answer.content().statedValue();
        if (stated == null) {
            return answer.result() == Result.CONTRADICTED ? Optional.of(STATED_VALUE_MISSING) : Optional.empty();
        }
        if (!fact.isWellFormed(stated)) {
            return Optional.of(STATED_VALUE_MALFORMED);
        }
        var agrees = fact.agree(stated, declared);
        return switch (answer.result()) {
            case CONFIRMED -> agrees ? Optional.empty() : Optional.of(STATED_VALUE_DIFFERS);
            case CONTRADICTED -> agrees ? Optional.of(STATED_VALUE_AGREES) : Optional.empty();
            case NOT_FOUND -> Optional.empty();
        };
    }
}
