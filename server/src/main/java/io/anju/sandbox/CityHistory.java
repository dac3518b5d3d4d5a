package io.anju.sandbox;

import io.anju.Domains;
import io.anju.application.Household;
import io.anju.application.IntakeService.WholeFile;
import io.anju.identity.NationalId;
import io.anju.platform.db.Tx;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.http.Upload;
import io.anju.platform.time.Shanghai;
import io.anju.policy.DocumentRule;
import io.anju.sandbox.CityPlan.Fate;
import io.anju.sandbox.CityPlan.Story;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a planned city happen: households apply and offices work day by day, through the services that the operations
 * use, each with the time of its own day. Runs on a thread of its own, which may wait.
 */
final class CityHistory {
    private static final int AT_ONCE = 8;
    private static final long WAIT_SECONDS = 120;
    private static final Duration LOOKED_BEFORE = Duration.ofDays(30);
    /** A document that is known as a PDF by its content. */
    private static final Buffer PAPER = Buffer.buffer("%PDF-1.4\n% synthetic document\n%%EOF\n");

    private final Domains domains;
    private final CityPlan plan;
    private final Map<String, CityOffices> cities;
    private final CityHouseholds households;
    private final CityCases cases = new CityCases();
    private final CityDesks desks;
    private final CityResidents residents;
    private final CityTenancies tenancies;
    private final CityWorld world;
    private CityCases.@Nullable Case guest;

    CityHistory(
            Domains domains,
            CityPlan plan,
            Map<String, CityOffices> cities,
            CityOffices.TenancyDesk desk,
            CityWorld world) {
        var people = new CityPeople();
        this.domains = domains;
        this.households = new CityHouseholds(people);
        this.tenancies = new CityTenancies(domains, plan, people, desk, world);
        this.world = world;
        this.plan = plan;
        this.cities = Map.copyOf(cities);
        this.desks = new CityDesks(domains, cases);
        this.residents = new CityResidents(domains, cases, tenancies);
    }

    /** Told after each day: how many households have applied so far. */
    interface Progress {
        void at(Instant day, int applied, int planned);
    }

    /** A household on the list that looked at its place a month before the end, so that there are moves to be told. */
    Optional<CityCases.Case> guest() {
        return Optional.ofNullable(guest);
    }

    /** Everything up to the end of the plan. */
    void run(Progress progress) {
        int applied = 0;
        for (var day : plan.days()) {
            world.dawns(day);
            int arrived = applied;
            while (arrived < plan.stories().size()
                    && !plan.stories().get(arrived).appliesAt().isAfter(day)) {
                arrived++;
            }
            arrive(plan.stories().subList(applied, arrived));
            applied = arrived;
            await(domains.jobs.runDue(day));
            tenancies.work(day);
            residents.act(day, cities);
            for (var city : cities.values()) {
                desks.work(city, day);
            }
            if (guest == null && !day.isBefore(plan.end().minus(LOOKED_BEFORE))) {
                guest = looks(day);
            }
            progress.at(day, applied, plan.stories().size());
        }
    }

    private CityCases.@Nullable Case looks(Instant day) {
        for (var planned : cases.all()) {
            var story = planned.story();
            if (story.fate() == Fate.WAITS
                    && story.cityCode().equals(CityPlan.MAIN_CITY)
                    && await(domains.lists.register.find(domains.db, planned.applicationId()))
                            .isPresent()) {
                await(domains.lists.standing.mine(planned.resident(), planned.applicationId(), day));
                return planned;
            }
        }
        return null;
    }

    private void arrive(List<Story> stories) {
        for (int from = 0; from < stories.size(); from += AT_ONCE) {
            var together = stories.subList(from, Math.min(from + AT_ONCE, stories.size()));
            await(Future.all(together.stream().map(this::apply).toList()));
        }
    }

    private Future<Void> apply(Story story) {
        var random = plan.randomOf(story);
        var offices = offices(story);
        var community =
                offices.communities().get(random.nextInt(offices.communities().size()));
        boolean tooHigh = Set.of(Fate.REFUSED).contains(story.fate());
        var household = households.make(
                random, new CityHouseholds.Wish(offices.city(), community, Shanghai.date(story.appliesAt()), tooHigh));
        var file = new WholeFile(story.cityCode(), offices.policy().programme(), household, CityHistory::paper);
        return resident(story, household).compose(caller -> {
            if (story.fate() == Fate.STAYS_A_DRAFT) {
                return domains.intake.draft(caller, file, story.appliesAt()).mapEmpty();
            }
            return domains.intake
                    .handIn(caller, file, story.appliesAt())
                    .onSuccess(handedIn -> cases.add(new CityCases.Case(
                            handedIn.id(), handedIn.receiptNumber(), story, household, caller, phone(story))))
                    .mapEmpty();
        });
    }

    private CityOffices offices(Story story) {
        var offices = cities.get(story.cityCode());
        if (offices == null) {
            throw new IllegalStateException("no offices in " + story.cityCode());
        }
        return offices;
    }

    private Future<ResidentCaller> resident(Story story, Household household) {
        var applicant = household.applicant();
        var id = NationalId.parse(applicant.nationalId());
        return domains.db
                .inTransaction((Tx tx) ->
                        domains.identity.createResident(tx, phone(story), applicant.fullName(), id, story.appliesAt()))
                .map(InNameOf::resident);
    }

    /** One number for each story. */
    private static String phone(Story story) {
        return "1380%07d".formatted(story.number());
    }

    private static Upload paper(DocumentRule rule) {
        return new Upload(rule.id() + ".pdf", "application/pdf", PAPER, Map.of());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the city's history stands still", e);
        }
    }
}
