package io.anju.sandbox;

import io.anju.Domains;
import io.anju.identity.Role;
import io.anju.identity.Staff;
import io.anju.identity.StaffDesk;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Office;
import io.anju.platform.http.OfficeCaller;
import io.anju.policy.City;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The offices of a synthetic city and who works in them: two reviewers, because a refusal is not looked at again by
 * whoever refused, a clerk who publishes and keeps the register, and somebody who answers complaints.
 */
record CityOffices(City city, PolicyDocument policy, List<Desk> desks, List<String> communities) {
    CityOffices {
        desks = List.copyOf(desks);
        communities = List.copyOf(communities);
    }

    /** One office with its people. */
    record Desk(
            Office office,
            OfficeCaller reviewer,
            OfficeCaller secondReviewer,
            OfficeCaller clerk,
            AreaCaller registrar) {
        boolean isInChargeOf(String communityCode) {
            return communityCode.startsWith(office.areaCode());
        }
    }

    /**
     * Opens the offices that the city's pipeline needs in its first districts. The people of the first office of each
     * level can log in, with one password for all; hashing one for everybody would take longer than all their work.
     */
    static Future<CityOffices> open(
            Domains domains, City city, PolicyDocument policy, int districts, String password, Instant now) {
        var levels = policy.pipeline().stream().map(Step::office).collect(Collectors.toCollection(HashSet::new));
        // whoever's pipeline it is, the city's own office publishes the waiting list
        levels.add("city");
        var offices = new ArrayList<Office>();
        var communities = new ArrayList<String>();
        for (var district : city.districts().subList(0, districts)) {
            offices.add(new Office(
                    city.code(), "district", district.code(), district.name().zh() + "住房保障中心"));
            offices.add(new Office(
                    city.code(),
                    "civil-affairs",
                    district.code(),
                    district.name().zh() + "民政局"));
            for (var street : district.streets()) {
                offices.add(new Office(
                        city.code(),
                        "street",
                        street.code(),
                        district.name().zh() + street.name().zh()));
                for (var community : street.communities()) {
                    communities.add(community.code());
                    offices.add(new Office(
                            city.code(),
                            "community",
                            community.code(),
                            street.name().zh() + community.name().zh()));
                }
            }
        }
        offices.add(housingCentre(city));
        var desks = new ArrayList<Desk>();
        var withPassword = new HashSet<String>();
        Future<Void> opened = Future.succeededFuture();
        for (var office :
                offices.stream().filter(one -> levels.contains(one.level())).toList()) {
            var opening = new Opening(domains, office, withPassword.add(office.level()) ? password : null, now);
            opened = opened.compose(done -> desk(opening)).map(desks::add).mapEmpty();
        }
        return opened.map(done -> new CityOffices(city, policy, desks, communities));
    }

    private record Opening(
            Domains domains, Office office, @Nullable String password, Instant now) {
        Future<Staff> staff(String job, String title, Set<Role> roles) {
            var username = username(office, job);
            var name = office.name() + title;
            return password == null
                    ? domains.identity.staff().create(new StaffDesk.NewStaff(username, name, office, roles, null), now)
                    : domains.identity.createStaff(username, password, name, office, roles, now);
        }
    }

    /** The two people of a city who put rules in force: one proposes, the other approves. */
    static Future<Void> openPolicyDesk(Domains domains, City city, String password, Instant now) {
        var opening = new Opening(domains, housingCentre(city), password, now);
        var roles = Set.of(Role.POLICY_OFFICER);
        return Future.all(opening.staff("policy", "政策专员", roles), opening.staff("policy-second", "政策复核员", roles))
                .mapEmpty();
    }

    /** Who takes complaints in for a city, and who watches over their clocks. */
    static Future<Void> openComplaintDesk(Domains domains, City city, String password, Instant now) {
        var opening = new Opening(domains, housingCentre(city), password, now);
        return Future.all(
                        opening.staff("intake", "受理员", Set.of(Role.INTAKE)),
                        opening.staff("supervision", "督办员", Set.of(Role.SUPERVISION)))
                .mapEmpty();
    }

    /** Who lets a city's homes and who bills them. */
    record TenancyDesk(CityCaller leaseClerk, CityCaller rentClerk) {}

    /** Who lets homes, bills rent, takes money, compares it with the channel's bills, and reads the books. */
    static Future<TenancyDesk> openTenancyDesk(Domains domains, City city, String password, Instant now) {
        var opening = new Opening(domains, housingCentre(city), password, now);
        var leases = opening.staff("leases", "租赁专员", Set.of(Role.LEASE_CLERK));
        var rent = opening.staff("rent", "租金专员", Set.of(Role.RENT_CLERK));
        return Future.all(List.of(
                        leases,
                        rent,
                        opening.staff("rent-second", "租金复核员", Set.of(Role.RENT_CLERK)),
                        opening.staff("cashier", "收费员", Set.of(Role.CASHIER)),
                        opening.staff("reconciler", "对账员", Set.of(Role.RECONCILER)),
                        opening.staff("auditor", "审计员", Set.of(Role.AUDITOR))))
                .map(all -> new TenancyDesk(InNameOfStaff.city(leases.result()), InNameOfStaff.city(rent.result())));
    }

    static Office housingCentre(City city) {
        return new Office(
                city.code(), "city", city.code().substring(0, 4), city.name().zh() + "住房保障中心");
    }

    private static Future<Desk> desk(Opening opening) {
        var reviewer = opening.staff("reviewer", "审核员", Set.of(Role.REVIEWER));
        var second = opening.staff("second", "复核员", Set.of(Role.REVIEWER));
        var clerk = opening.staff("clerk", "公示专员", Set.of(Role.PUBLICITY_CLERK, Role.REGISTRAR));
        var complaints = opening.staff("complaints", "投诉经办员", Set.of(Role.COMPLAINT_HANDLER));
        return Future.all(reviewer, second, clerk, complaints)
                .map(all -> new Desk(
                        opening.office(),
                        InNameOfStaff.office(reviewer.result()),
                        InNameOfStaff.office(second.result()),
                        InNameOfStaff.office(clerk.result()),
                        InNameOfStaff.area(clerk.result())));
    }

    /** Such as {@code street.370202001.reviewer}. */
    static String username(Office office, String job) {
        return office.level() + "." + office.areaCode() + "." + job;
    }

    /** The office of a level that is in charge of a community. */
    Desk desk(String level, String communityCode) {
        return desks.stream()
                .filter(desk -> desk.office().level().equals(level) && desk.isInChargeOf(communityCode))
                .findFirst()
                .orElseThrow();
    }

    /** Whoever keeps the register for a community: the highest office that was opened. */
    AreaCaller registrar(String communityCode) {
        return desks.stream()
                .filter(desk -> desk.isInChargeOf(communityCode))
                .reduce((left, right) -> left.office().areaCode().length()
                                <= right.office().areaCode().length()
                        ? left
                        : right)
                .orElseThrow()
                .registrar();
    }
}
