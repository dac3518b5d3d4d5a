package io.anju.policy;

import io.anju.api.model.EligibilityHousehold;
import io.anju.api.model.EstimateArrears;
import io.anju.api.model.EstimateSubsidyEvent;
import io.anju.api.model.EstimateSubsidyMonths;
import io.anju.api.model.EstimateTenancy;
import io.anju.platform.problem.Finding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A home and its lease as they are asked about: contradictions that no rule could answer, and the way into the rules'
 * own types.
 */
final class DeclaredTenancy {
    private static final String POINTER = "/tenancy";
    private static final String EVENTS = POINTER + "/subsidyMonths/events/";

    private final EstimateTenancy tenancy;
    private final LocalDate asOf;
    private final AskedDays days;
    private final List<Finding> findings = new ArrayList<>();

    private DeclaredTenancy(EstimateTenancy tenancy, LocalDate asOf, AskedDays days) {
        this.tenancy = tenancy;
        this.asOf = asOf;
        this.days = days;
    }

    /** Everything that contradicts itself, the household or the day, with pointers into the request's body. */
    static List<Finding> contradictions(
            @Nullable EstimateTenancy tenancy, EligibilityHousehold household, LocalDate asOf, AskedDays days) {
        if (tenancy == null) {
            return List.of();
        }
        var declared = new DeclaredTenancy(tenancy, asOf, days);
        declared.checkHome(household);
        declared.checkLease();
        declared.checkArrears(tenancy.arrears());
        declared.checkMonths(tenancy.subsidyMonths());
        return declared.findings;
    }

    private void checkHome(EligibilityHousehold household) {
        var area = tenancy.homeAreaSqm();
        if (area != null && new BigDecimal(area).signum() == 0) {
            refuse("/homeAreaSqm", PolicyProblem.HOME_AREA_ZERO);
        }
        if (provenFen() > household.monthlyIncomeFen()) {
            refuse("/earners", PolicyProblem.MORE_PROVEN_THAN_DECLARED);
        }
        requireHappened(tenancy.endedOn(), "/endedOn");
    }

    private long provenFen() {
        return earners(tenancy).stream()
                .map(TenancyFacts.Earner::provenMonthlyIncomeFen)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private void checkLease() {
        var lease = tenancy.lease();
        if (lease != null) {
            requireInRange(lease.from(), "/lease/from");
            requireInRange(lease.to(), "/lease/to");
            requireOrder(lease.from(), lease.to(), "/lease/to");
        }
    }

    private void checkArrears(@Nullable EstimateArrears arrears) {
        if (arrears != null) {
            requireHappened(arrears.unpaidSince(), "/arrears/unpaidSince");
            if (arrears.monthsInAll() < arrears.runningMonths()) {
                refuse("/arrears/monthsInAll", PolicyProblem.FEWER_MONTHS_THAN_IN_A_ROW);
            }
        }
    }

    private void checkMonths(@Nullable EstimateSubsidyMonths months) {
        if (months == null) {
            return;
        }
        var from = YearMonth.parse(months.from()).atDay(1);
        var to = YearMonth.parse(months.to()).atDay(1);
        requireInRange(from, "/subsidyMonths/from");
        requireInRange(to, "/subsidyMonths/to");
        requireOrder(from, to, "/subsidyMonths/to");
        var events = events(months);
        for (var i = 0; i < events.size(); i++) {
            var pointer = "/subsidyMonths/events/" + i;
            var since = events.get(i).since();
            requireInRange(events.get(i).on(), pointer + "/on");
            requireInRange(since, pointer + "/since");
            requireOrder(since, events.get(i).on(), pointer + "/on");
        }
    }

    private void requireInRange(@Nullable LocalDate date, String place) {
        if (date != null && !days.contain(date)) {
            findings.add(new Finding(POINTER + place, PolicyProblem.DATE_OUT_OF_RANGE, days.args()));
        }
    }

    private void requireHappened(@Nullable LocalDate date, String place) {
        requireInRange(date, place);
        DeclaredFacts.requireNotAfter(date, POINTER + place, asOf, findings);
    }

    private void requireOrder(@Nullable LocalDate from, LocalDate to, String place) {
        if (from != null && to.isBefore(from)) {
            refuse(place, PolicyProblem.ENDS_BEFORE_IT_BEGINS);
        }
    }

    private void refuse(String place, PolicyProblem code) {
        findings.add(Finding.of(POINTER + place, code));
    }

    /** Events that the document says nothing about; none of them matters where it grants no subsidy at all. */
    static List<Finding> unregulated(@Nullable EstimateTenancy tenancy, MoneyRules rules) {
        var months = tenancy == null ? null : tenancy.subsidyMonths();
        if (months == null || !rules.answers(MoneyQuestion.SUBSIDY_COURSE)) {
            return List.of();
        }
        var events = events(months);
        return IntStream.range(0, events.size())
                .filter(i -> !rules.regulates(kind(events.get(i))))
                .mapToObj(i -> new Finding(
                        EVENTS + i + "/event",
                        PolicyProblem.EVENT_NOT_REGULATED,
                        Map.of("event", events.get(i).event().wire())))
                .toList();
    }

    static TenancyCase tenancy(@Nullable EstimateTenancy tenancy) {
        if (tenancy == null) {
            return TenancyCase.NONE;
        }
        var area = tenancy.homeAreaSqm();
        var lease = tenancy.lease();
        return new TenancyCase(
                new TenancyFacts(
                        area == null ? null : new BigDecimal(area),
                        tenancy.projectStandardFenPerSqm(),
                        tenancy.marketRentFenPerSqm(),
                        tenancy.rentPaidFen(),
                        earners(tenancy)),
                lease == null ? null : new LeaseTerm(lease.from(), lease.to()),
                tenancy.monthlyRentFen(),
                arrears(tenancy.arrears()),
                tenancy.endedOn(),
                months(tenancy.subsidyMonths()));
    }

    private static List<TenancyFacts.Earner> earners(EstimateTenancy tenancy) {
        return Objects.requireNonNullElse(tenancy.earners(), List.<io.anju.api.model.EstimateEarner>of()).stream()
                .map(earner -> new TenancyFacts.Earner(earner.provenMonthlyIncomeFen()))
                .toList();
    }

    private static @Nullable Arrears arrears(@Nullable EstimateArrears arrears) {
        return arrears == null
                ? null
                : new Arrears(
                        arrears.unpaidSince(), arrears.overdueFen(), arrears.runningMonths(), arrears.monthsInAll());
    }

    private static TenancyCase.@Nullable SubsidyMonths months(@Nullable EstimateSubsidyMonths months) {
        return months == null
                ? null
                : new TenancyCase.SubsidyMonths(
                        YearMonth.parse(months.from()),
                        YearMonth.parse(months.to()),
                        months.monthlyFen(),
                        events(months).stream()
                                .map(event ->
                                        new SubsidyEvent(kind(event), event.on(), event.since(), event.monthlyFen()))
                                .toList());
    }

    private static List<EstimateSubsidyEvent> events(EstimateSubsidyMonths months) {
        return Objects.requireNonNullElse(months.events(), List.of());
    }

    private static SubsidyEvent.Kind kind(EstimateSubsidyEvent event) {
        return SubsidyEvent.Kind.valueOf(event.event().name());
    }
}
