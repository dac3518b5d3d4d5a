package io.anju.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.verification.Answer.Content;
import io.anju.verification.Answer.Draft;
import io.anju.verification.Answer.Result;
import io.anju.verification.Verification.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);
    private static final UUID ID = new UUID(7, 7);

    @ParameterizedTest
    @CsvSource({
        ",             ,       true,  MISSING,      ANSWER_MISSING",
        ",             ,       false, MISSING,      ",
        "CONFIRMED,    ,       true,  CONFIRMED,    ",
        "CONTRADICTED, ,       true,  CONTRADICTED, ANSWER_CONTRADICTS",
        "CONTRADICTED, reason, true,  ACCEPTED,     ",
        "CONTRADICTED, ,       false, CONTRADICTED, ",
        "NOT_FOUND,    ,       true,  NOT_FOUND,    ANSWER_NOT_FOUND",
        "NOT_FOUND,    reason, true,  ACCEPTED,     ",
    })
    void the_step_passes_with_what_is_required_confirmed_or_accepted_with_a_reason(
            @Nullable Result result,
            @Nullable String override,
            boolean required,
            Status status,
            @Nullable VerificationProblem problem) {
        var verification = verification(required, result, override);
        assertThat(VerificationPolicy.status(verification)).isEqualTo(status);
        var findings = VerificationPolicy.standingAgainst(List.of(verification));
        if (problem == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(problem);
                assertThat(finding.args()).containsEntry("agency", "tax").containsEntry("fact", "monthlyIncomeFen");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED,    0, ,          ,       ",
        "CONFIRMED,    0, 270000,    ,       ",
        "CONFIRMED,    0, 0270000,   ,       ",
        "CONFIRMED,    0, 540000,    ,       /statedValue STATED_VALUE_DIFFERS",
        "CONFIRMED,    1, ,          ,       /asOf AS_OF_IN_FUTURE",
        "CONFIRMED,    0, ,          reason, /overrideReason OVERRIDE_NOT_NEEDED",
        "CONTRADICTED, 0, ,          ,       /statedValue STATED_VALUE_MISSING",
        "CONTRADICTED, 0, 540000,    reason, ",
        "CONTRADICTED, 0, 270000,    ,       /statedValue STATED_VALUE_AGREES",
        "CONTRADICTED, 0, 5400.00元, ,       /statedValue STATED_VALUE_MALFORMED",
        "NOT_FOUND,    0, ,          ,       ",
        "NOT_FOUND,    0, ,          reason, ",
    })
    void an_answer_makes_sense(
            Result result,
            int daysAhead,
            @Nullable String stated,
            @Nullable String override,
            @Nullable String expected) {
        var draft = new Draft(result, TODAY.plusDays(daysAhead), new Content("E-1", stated, override));
        var findings = VerificationPolicy.findings(draft, DeclaredFact.of("monthlyIncomeFen"), "270000", TODAY);
        assertThat(findings)
                .extracting(finding -> finding.pointer() + " " + finding.code().name())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "memberCount,      2,              02",
        "hukouCityCode,    370200,         370200",
        "ownedAreaSqm,     19.50,          019.50",
        "monthlyIncomeFen, 270000,         270000",
        "assetsFen,        1200000,        1200000",
        "specialGroups,    'disabled,veteran', 'veteran,disabled'",
    })
    void every_fact_is_declared_in_its_notation_and_compared_by_value(String code, String declared, String stated) {
        var fact = DeclaredFact.of(code);
        assertThat(fact.declared(facts(Set.of("veteran", "disabled")))).isEqualTo(declared);
        assertThat(fact.isWellFormed(stated)).isTrue();
        assertThat(fact.agree(stated, declared)).isTrue();
    }

    @Test
    void a_household_of_no_group_declares_none() {
        var fact = DeclaredFact.of("specialGroups");
        assertThat(fact.declared(facts(Set.of()))).isEqualTo("none");
        assertThat(fact.agree("none", "none")).isTrue();
        assertThat(fact.agree("disabled", "none")).isFalse();
    }

    private static HouseholdFacts facts(Set<String> groups) {
        var applicant = new Person(Relation.APPLICANT, LocalDate.of(1986, 4, 12), "370200", LocalDate.of(1986, 4, 12));
        var spouse = new Person(Relation.SPOUSE, LocalDate.of(1988, 9, 23), null, null);
        return new HouseholdFacts(
                "370200", List.of(applicant, spouse), new BigDecimal("19.5"), 270_000, 1_200_000, groups, null);
    }

    private static Verification verification(boolean required, @Nullable Result result, @Nullable String override) {
        var answer = result == null
                ? null
                : new Answer(
                        ID,
                        ID,
                        1,
                        result,
                        TODAY,
                        new Content("E-1", null, override),
                        Answer.Source.STAFF,
                        ID,
                        Instant.EPOCH);
        return new Verification(
                ID, ID, ID, "370200", "tax", "monthlyIncomeFen", required, 1, Instant.EPOCH, false, answer);
    }
}
