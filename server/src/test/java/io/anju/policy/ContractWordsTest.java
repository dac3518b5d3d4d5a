package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.api.model.EligibilityRuleAnswerVerdict;
import io.anju.api.model.HouseholdRelation;
import io.anju.api.model.ProgrammeOrderKeyDirection;
import io.anju.api.model.ProgrammeRankKeyBy;
import io.anju.api.model.ProgrammeStepKind;
import io.anju.api.model.SpecialGroupCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract and the rules speak of the same things. */
class ContractWordsTest {

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(Relation.values(), HouseholdRelation.values()),
                Arguments.of(RuleResult.Verdict.values(), EligibilityRuleAnswerVerdict.values()),
                Arguments.of(OrderKey.By.values(), ProgrammeRankKeyBy.values()),
                Arguments.of(OrderKey.Direction.values(), ProgrammeOrderKeyDirection.values()),
                Arguments.of(Step.Kind.values(), ProgrammeStepKind.values()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void have_the_same_names(Enum<?>[] ours, Enum<?>[] theirs) {
        assertThat(names(theirs)).isEqualTo(names(ours));
    }

    @Test
    void know_the_same_groups() {
        assertThat(Arrays.stream(SpecialGroupCode.values()).map(SpecialGroupCode::wire))
                .containsExactlyElementsOf(Arrays.stream(SpecialGroup.values())
                        .map(SpecialGroup::code)
                        .toList());
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
