package io.anju.policy;

import io.anju.policy.number.Horizon;
import io.anju.policy.number.Periods;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A household on a day, as rules see it: every {@link Fact} computed exactly from what was declared. */
final class HouseholdView implements FactSource {
    private static final int FEN_PER_YUAN = 100;
    private static final int MONTHS_PER_YEAR = 12;

    private final HouseholdFacts facts;
    private final LocalDate asOf;
    private final NamedFacts named;
    private final @Nullable Horizon horizon;

    HouseholdView(HouseholdFacts facts, LocalDate asOf) {
        this(facts, asOf, NamedFacts.NONE);
    }

    /** @param named the classes of the document that asks */
    HouseholdView(HouseholdFacts facts, LocalDate asOf, NamedFacts named) {
        this(facts, asOf, named, null);
    }

    /** @param horizon is told how long the answers hold, and lets numbers run with the days; null for one day alone */
    HouseholdView(HouseholdFacts facts, LocalDate asOf, NamedFacts named, @Nullable Horizon horizon) {
        this.facts = facts;
        this.asOf = asOf;
        this.named = named;
        this.horizon = horizon;
    }

    HouseholdFacts facts() {
        return facts;
    }

    @Override
    public LocalDate asOf() {
        return asOf;
    }

    /** The same household as if its members earned so much in a month. */
    HouseholdView withMonthlyIncome(long fen) {
        return new HouseholdView(facts.earning(fen), asOf, named, horizon);
    }

    @Nullable
    LocalDate qualifiedOn() {
        return facts.qualifiedOn();
    }

    @Override
    public boolean belongsToAnyOf(Collection<String> groups) {
        return !Collections.disjoint(facts.specialGroups(), groups);
    }

    Set<String> groups() {
        return facts.specialGroups();
    }

    CaseFacts onFile() {
        return facts.onFile();
    }

    /** Since when the member who has had it longest has been on the city's household register; null for none. */
    @Nullable
    LocalDate hukouSince() {
        return facts.members().stream()
                .filter(this::hasLocalHukou)
                .map(Person::hukouSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public Rational value(Fact fact) {
        return fact.kind() == Fact.Kind.FLAG ? Rational.of(flag(fact) ? 1 : 0) : number(fact);
    }

    /** The value of a fact that is a number or a count; for a named one the place of its class. */
    Rational number(Fact fact) {
        return switch (fact) {
            case PERSON_COUNT -> Rational.of(personCount());
            case GENERATION_COUNT -> Rational.of(generationCount());
            case CHILD_COUNT -> Rational.of(count(Relation.CHILD));
            case OWNED_AREA_SQM -> Rational.of(facts.ownedAreaSqm());
            case PER_CAPITA_AREA_SQM -> Rational.of(facts.ownedAreaSqm()).dividedBy(personCount());
            case MONTHLY_INCOME_YUAN -> Rational.of(facts.monthlyIncomeFen(), FEN_PER_YUAN);
            case PER_CAPITA_MONTHLY_INCOME_YUAN -> perCapitaYuan(facts.monthlyIncomeFen());
            case PER_CAPITA_YEARLY_INCOME_YUAN ->
                perCapitaYuan(facts.monthlyIncomeFen()).times(MONTHS_PER_YEAR);
            case ASSETS_YUAN -> Rational.of(facts.assetsFen(), FEN_PER_YUAN);
            case PER_CAPITA_ASSETS_YUAN -> perCapitaYuan(facts.assetsFen());
            case APPLICANT_AGE_YEARS -> ageYears(facts.applicant());
            case MEAN_AGE_YEARS -> meanAgeYears();
            case LONGEST_HUKOU_YEARS -> longestHukouYears();
            case WAITING_YEARS -> Rational.of(periodsSince(facts.qualifiedOn(), MONTHS_PER_YEAR));
            case CHILD_SEX_COUNT -> Rational.of(sexes(Relation.CHILD));
            case WAIVER_COUNT -> Rational.of(facts.onFile().waiverCount());
            case YEARS_SINCE_DECEIT -> yearsSince(facts.onFile().deceitFoundOn());
            case TIER -> Rational.of(named.tiers().placeOf(this));
            case AREA -> Rational.of(named.areas().placeOf(facts.onFile().districtCode()));
            case APPLICANT_HAS_LOCAL_HUKOU, EVERY_MEMBER_HAS_LOCAL_HUKOU, HAS_SPOUSE, HAS_BOTH_SEXES, DECEIT_FOUND ->
                throw new IllegalArgumentException(fact.code() + " is not a number");
        };
    }

    /** The value of a fact that is a yes or no. */
    boolean flag(Fact fact) {
        return switch (fact) {
            case APPLICANT_HAS_LOCAL_HUKOU -> hasLocalHukou(facts.applicant());
            case EVERY_MEMBER_HAS_LOCAL_HUKOU -> facts.members().stream().allMatch(this::hasLocalHukou);
            case HAS_SPOUSE -> facts.spouse().isPresent();
            case HAS_BOTH_SEXES -> sexes(null) == 2;
            case DECEIT_FOUND -> facts.onFile().deceitFoundOn() != null;
            default -> throw new IllegalArgumentException(fact.code() + " is not a yes or no");
        };
    }

    /** The value as it is shown to people. */
    String display(Fact fact) {
        return named.display(fact, value(fact));
    }

    /** Full periods of so many months since the event; 0 where it has not happened. */
    long periodsSince(@Nullable LocalDate event, int months) {
        if (event == null) {
            return 0;
        }
        long full = Periods.full(event, asOf, months);
        if (horizon != null) {
            horizon.atMost(event.plusMonths((full + 1) * months).toEpochDay() - asOf.toEpochDay() - 1);
        }
        return full;
    }

    /** Years since a day; they run with the days until the next anniversary, that day included. */
    private Rational exactYears(LocalDate from) {
        var years = Periods.exactYears(from, asOf);
        if (horizon == null) {
            return years;
        }
        long full = Periods.full(from, asOf, MONTHS_PER_YEAR);
        long next = from.plusYears(full + 1).toEpochDay();
        horizon.atMost(next - asOf.toEpochDay());
        return years.growing(Rational.of(1, next - from.plusYears(full).toEpochDay()), horizon);
    }

    private int personCount() {
        return facts.members().size();
    }

    private long count(Relation relation) {
        return facts.members().stream()
                .filter(member -> member.relation() == relation)
                .count();
    }

    /** @param relation null counts everyone */
    private long sexes(@Nullable Relation relation) {
        return facts.members().stream()
                .filter(member -> relation == null || member.relation() == relation)
                .map(Person::sex)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private Rational yearsSince(@Nullable LocalDate event) {
        return event == null ? Rational.ZERO : exactYears(event);
    }

    private int generationCount() {
        var seen = 0;
        for (var member : facts.members()) {
            // two below to two above the applicant: one bit each
            seen |= 1 << (member.relation().generation() + 2);
        }
        return Integer.bitCount(seen);
    }

    private Rational perCapitaYuan(long totalFen) {
        return Rational.of(totalFen, (long) FEN_PER_YUAN * personCount());
    }

    private Rational meanAgeYears() {
        var own = ageYears(facts.applicant());
        return facts.spouse()
                .map(spouse -> own.plus(ageYears(spouse)).dividedBy(2))
                .orElse(own);
    }

    private Rational ageYears(Person person) {
        return exactYears(person.birthDate());
    }

    private Rational longestHukouYears() {
        var longest = Rational.ZERO;
        for (var member : facts.members()) {
            var since = member.hukouSince();
            if (since == null || !hasLocalHukou(member)) {
                continue;
            }
            if (!since.isAfter(asOf)) {
                longest = longest.max(exactYears(since));
            } else if (horizon != null) {
                horizon.atMost(since.toEpochDay() - asOf.toEpochDay() - 1);
            }
        }
        return longest;
    }

    private boolean hasLocalHukou(Person person) {
        return facts.cityCode().equals(person.hukouCityCode());
    }
}
