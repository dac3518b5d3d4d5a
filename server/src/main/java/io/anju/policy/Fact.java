package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that a rule can ask about a household. Numbers end in their unit; a document that names anything else is
 * refused.
 */
enum Fact {
    PERSON_COUNT("personCount", Kind.COUNT),
    /** Generations that live together, from the relations. */
    GENERATION_COUNT("generationCount", Kind.COUNT),
    CHILD_COUNT("childCount", Kind.COUNT),
    OWNED_AREA_SQM("ownedAreaSqm", Kind.NUMBER),
    PER_CAPITA_AREA_SQM("perCapitaAreaSqm", Kind.NUMBER),
    MONTHLY_INCOME_YUAN("monthlyIncomeYuan", Kind.NUMBER),
    PER_CAPITA_MONTHLY_INCOME_YUAN("perCapitaMonthlyIncomeYuan", Kind.NUMBER),
    PER_CAPITA_YEARLY_INCOME_YUAN("perCapitaYearlyIncomeYuan", Kind.NUMBER),
    ASSETS_YUAN("assetsYuan", Kind.NUMBER),
    PER_CAPITA_ASSETS_YUAN("perCapitaAssetsYuan", Kind.NUMBER),
    /** Exact to the day. */
    APPLICANT_AGE_YEARS("applicantAgeYears", Kind.NUMBER),
    /** Mean of applicant and spouse, exact to the day; the applicant's own without a spouse. */
    MEAN_AGE_YEARS("meanAgeYears", Kind.NUMBER),
    /** Years that the member who has had it longest has been on the city's household register; 0 for none. */
    LONGEST_HUKOU_YEARS("longestHukouYears", Kind.NUMBER),
    /** Full years since the qualification notice; 0 before there is one. */
    WAITING_YEARS("waitingYears", Kind.COUNT),
    APPLICANT_HAS_LOCAL_HUKOU("applicantHasLocalHukou", Kind.FLAG),
    EVERY_MEMBER_HAS_LOCAL_HUKOU("everyMemberHasLocalHukou", Kind.FLAG),
    HAS_SPOUSE("hasSpouse", Kind.FLAG),
    /** How many sexes there are among the applicant's children: 0, 1 or 2. */
    CHILD_SEX_COUNT("childSexCount", Kind.COUNT),
    HAS_BOTH_SEXES("hasBothSexes", Kind.FLAG),
    /** Offers that the household has refused. */
    WAIVER_COUNT("waiverCount", Kind.COUNT),
    DECEIT_FOUND("deceitFound", Kind.FLAG),
    /** Exact to the day since deceit was last established; 0 where it never was. */
    YEARS_SINCE_DECEIT("yearsSinceDeceit", Kind.NUMBER),
    /** The class of the document's section {@code tiers}. */
    TIER("tier", Kind.NAMED),
    /** The area of the document's section {@code areas}. */
    AREA("area", Kind.NAMED);

    /** Counts are whole numbers from 0, numbers any from 0; named ones are classes of the document itself. */
    enum Kind {
        COUNT,
        NUMBER,
        FLAG,
        NAMED
    }

    private static final Map<String, Fact> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Fact::code, Function.identity()));

    private final String code;
    private final Kind kind;

    Fact(String code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    String code() {
        return code;
    }

    Kind kind() {
        return kind;
    }

    /** The smallest value that a household can have. */
    long least() {
        return this == PERSON_COUNT || this == GENERATION_COUNT ? 1 : 0;
    }

    /** Reads the name of a fact. */
    static Fact read(YamlNode node) {
        var value = node.text();
        return find(value)
                .orElseThrow(() -> node.broken("unknown fact '" + value + "'; known: "
                        + Arrays.stream(values()).map(Fact::code).sorted().collect(Collectors.joining(", "))));
    }

    private static Optional<Fact> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
