package io.anju.verification;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.VerifiableFact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** How a declared fact is written down for an agency, and how its answer is compared with the declaration. */
final class DeclaredFact {
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final Pattern CITY = Pattern.compile("\\d{6}");
    private static final Pattern AREA = Pattern.compile("\\d{1,6}\\.\\d{2}");
    private static final Pattern GROUPS = Pattern.compile("[a-z]+(-[a-z]+)*(,[a-z]+(-[a-z]+)*)*");
    /** A household that belongs to no special group. */
    private static final String NONE = "none";

    private final VerifiableFact fact;

    private DeclaredFact(VerifiableFact fact) {
        this.fact = fact;
    }

    /** The fact with this code; a policy document names no other. */
    static DeclaredFact of(String code) {
        return new DeclaredFact(VerifiableFact.find(code)
                .orElseThrow(() -> new IllegalStateException("no agency can be asked for " + code)));
    }

    /** What the household declared; empty where it declared nothing. */
    String declared(HouseholdFacts facts) {
        return switch (fact) {
            case MEMBER_COUNT -> Integer.toString(facts.members().size());
            case HUKOU_CITY_CODE -> {
                var city = facts.applicant().hukouCityCode();
                yield city == null ? "" : city;
            }
            case OWNED_AREA_SQM ->
                facts.ownedAreaSqm().setScale(2, RoundingMode.HALF_UP).toPlainString();
            case MONTHLY_INCOME_FEN -> Long.toString(facts.monthlyIncomeFen());
            case ASSETS_FEN -> Long.toString(facts.assetsFen());
            case SPECIAL_GROUPS ->
                facts.specialGroups().isEmpty() ? NONE : String.join(",", new TreeSet<>(facts.specialGroups()));
        };
    }

    boolean isWellFormed(String value) {
        return pattern().matcher(value).matches();
    }

    /** The notation, for the text of a refusal. */
    String notation() {
        return pattern().pattern();
    }

    private Pattern pattern() {
        return switch (fact) {
            case MEMBER_COUNT, MONTHLY_INCOME_FEN, ASSETS_FEN -> COUNT;
            case HUKOU_CITY_CODE -> CITY;
            case OWNED_AREA_SQM -> AREA;
            case SPECIAL_GROUPS -> GROUPS;
        };
    }

    /** Whether a well-formed value says the same as the declaration. */
    boolean agree(String stated, String declared) {
        return switch (fact) {
            case MEMBER_COUNT, MONTHLY_INCOME_FEN, ASSETS_FEN, OWNED_AREA_SQM ->
                new BigDecimal(stated).compareTo(new BigDecimal(declared)) == 0;
            case HUKOU_CITY_CODE -> stated.equals(declared);
            case SPECIAL_GROUPS -> groups(stated).equals(groups(declared));
        };
    }

    /** Whether the fact is about the applicant alone; all others are about every member. */
    boolean concernsApplicantOnly() {
        return fact == VerifiableFact.HUKOU_CITY_CODE;
    }

    private static Set<String> groups(String codes) {
        var set = new TreeSet<>(Arrays.asList(codes.split(",", -1)));
        set.remove(NONE);
        return set;
    }
}
