package io.anju.sandbox;

import static io.anju.sandbox.CityHistory.await;

import io.anju.Domains;
import io.anju.application.ApplicationState;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.CityCases.Case;
import io.anju.sandbox.CityPlan.Fate;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.Home;
import io.anju.waitinglist.Registration.Reason;
import io.anju.waitinglist.RegistrationExit;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What residents do after they have applied, and how they leave the list: each once, when their story comes to it. */
final class CityResidents {
    private static final Set<Fate> ACTING =
            EnumSet.of(Fate.HOUSED, Fate.LEAVES, Fate.RE_REVIEWED, Fate.CORRECTED, Fate.WITHDRAWN);
    private static final Duration LEAST_WAIT = Duration.ofDays(90);
    private static final int WAIT_SPREAD_DAYS = 500;
    private static final List<ExitType> LEAVING = List.of(
            ExitType.WITHDRAWN, ExitType.NO_LONGER_ELIGIBLE, ExitType.DECEASED, ExitType.DECEIT, ExitType.OTHER);
    private static final Reason HOUSED =
            new Reason("已签订公共租赁住房租赁合同并入住", "《公共租赁住房管理办法》第十七条", "SIM-ZL", "可自收到通知之日起六十日内申请行政复议");
    private static final Reason LEFT = new Reason("经核实应当退出轮候", "《公共租赁住房管理办法》第十四条", "SIM-TC", "可自收到通知之日起六十日内申请行政复议");

    private final Domains domains;
    private final CityCases cases;
    private final CityTenancies tenancies;
    private final Set<UUID> done = new HashSet<>();

    CityResidents(Domains domains, CityCases cases, CityTenancies tenancies) {
        this.domains = domains;
        this.cases = cases;
        this.tenancies = tenancies;
    }

    void act(Instant day, Map<String, CityOffices> cities) {
        for (var planned : cases.all()) {
            if (ACTING.contains(planned.story().fate())
                    && !done.contains(planned.applicationId())
                    && mayAct(planned, day)) {
                var file = await(domains.application.findCase(domains.db, planned.applicationId()))
                        .orElseThrow();
                await(act(planned, file.state(), day, cities));
            }
        }
    }

    private Future<Void> act(Case planned, ApplicationState state, Instant day, Map<String, CityOffices> cities) {
        return switch (planned.story().fate()) {
            case HOUSED ->
                state == ApplicationState.REGISTERED
                        ? once(planned, tenancies.hasHome(planned) ? house(planned, day) : leave(planned, day, cities))
                        : Future.succeededFuture();
            case LEAVES ->
                state == ApplicationState.REGISTERED
                        ? once(planned, leave(planned, day, cities))
                        : Future.succeededFuture();
            case RE_REVIEWED ->
                state == ApplicationState.REFUSED ? once(planned, askReReview(planned, day)) : Future.succeededFuture();
            case CORRECTED ->
                state == ApplicationState.AWAITING_CORRECTION
                        ? once(planned, correct(planned, day))
                        : Future.succeededFuture();
            case WITHDRAWN -> once(planned, withdraw(planned, day));
            default -> Future.succeededFuture();
        };
    }

    private Future<Void> once(Case planned, Future<Void> act) {
        done.add(planned.applicationId());
        return act;
    }

    /** Whoever leaves the list has been on it for a while; the others act as soon as they can. */
    private static boolean mayAct(Case planned, Instant day) {
        if (planned.story().fate() != Fate.HOUSED && planned.story().fate() != Fate.LEAVES) {
            return true;
        }
        var spread = Duration.ofDays(planned.story().number() * 37L % WAIT_SPREAD_DAYS);
        return !planned.story().appliesAt().plus(LEAST_WAIT).plus(spread).isAfter(day);
    }

    private Future<Void> house(Case planned, Instant day) {
        return domains.lists
                .register
                .find(domains.db, planned.applicationId())
                .compose(found -> tenancies.house(planned, found.orElseThrow().id(), day));
    }

    private Future<Void> leave(Case planned, Instant day, Map<String, CityOffices> cities) {
        boolean isHoused = planned.story().fate() == Fate.HOUSED;
        var type = isHoused ? ExitType.HOUSED : LEAVING.get(planned.story().number() % LEAVING.size());
        var offices = cities.get(planned.story().cityCode());
        if (offices == null) {
            throw new IllegalStateException("no offices in " + planned.story().cityCode());
        }
        var registrar = offices.registrar(planned.communityCode());
        return domains.db.inTransaction(tx -> domains.lists
                .register
                .find(tx, planned.applicationId())
                .compose(found -> domains.lists.register.exit(
                        tx,
                        registrar,
                        found.orElseThrow().id(),
                        new RegistrationExit(
                                type, Shanghai.date(day), isHoused ? HOUSED : LEFT, home(planned, isHoused)),
                        day))
                .mapEmpty());
    }

    /** A few estates of two sizes, so that there is something to compare. */
    private static Home home(Case planned, boolean isHoused) {
        int number = planned.story().number();
        return isHoused
                ? new Home(CityHomes.ESTATES.get(number % CityHomes.ESTATES.size()), 1 + number % 2)
                : new Home(null, null);
    }

    private Future<Void> askReReview(Case planned, Instant day) {
        return domains.db.inTransaction(tx ->
                domains.intake.requestReReview(tx, planned.resident(), planned.applicationId(), "材料已补齐，请予复核。", day));
    }

    private Future<Void> correct(Case planned, Instant day) {
        return domains.db
                .inTransaction(tx -> domains.intake.answerCorrection(
                        tx, planned.resident(), planned.applicationId(), planned.household(), day))
                .mapEmpty();
    }

    private Future<Void> withdraw(Case planned, Instant day) {
        return domains.db.inTransaction(
                tx -> domains.intake.withdraw(tx, planned.resident(), planned.applicationId(), "家庭情况变化，不再申请", day));
    }
}
