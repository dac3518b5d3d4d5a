package io.anju.sandbox;

import static io.anju.sandbox.CityHistory.await;

import io.anju.Domains;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.anju.policy.City;
import io.anju.sandbox.CityGuide.LogIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Fills an empty database with a synthetic city: offices and their staff, a partner agency, and households in every
 * state, made by two years of ordinary work. The same seed, number and day make the same city.
 */
public final class CityGenerator {
    /** For synthetic staff only; whoever knows this page knows it. */
    public static final String PASSWORD = "anju-demo-only";

    private static final String PROGRAMME = "public-rental";
    private static final String AGENCY = "civil-affairs";
    private static final int MAIN_DISTRICTS = 4;
    private static final int SECOND_DISTRICTS = 1;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Domains domains;
    private final CityWorld world;
    private final Consumer<String> tell;

    /** @param tell takes a line about the progress from time to time */
    public CityGenerator(Domains domains, CityWorld world, Consumer<String> tell) {
        this.domains = domains;
        this.world = world;
        this.tell = tell;
    }

    /** Makes the city as it stands at {@code end}. Blocks; not for event loops. */
    public CityGuide generate(long seed, int households, Instant end) {
        var plan = CityPlan.of(seed, households, end);
        var opening = plan.days().get(0);
        tell.accept("Opening offices");
        var main = offices(CityPlan.MAIN_CITY, MAIN_DISTRICTS, opening);
        var second = offices(CityPlan.SECOND_CITY, SECOND_DISTRICTS, opening);
        var desk = await(CityOffices.openTenancyDesk(domains, main.city(), PASSWORD, opening));
        var secret = secret(seed);
        var clientId = "agency-" + CityPlan.MAIN_CITY + "-" + AGENCY;
        await(domains.identity.createPartner(
                clientId, secret, new Agency(CityPlan.MAIN_CITY, AGENCY), Set.of("partner.verification"), opening));
        var history = new CityHistory(
                domains, plan, Map.of(main.city().code(), main, second.city().code(), second), desk, world);
        history.run(progress());
        var guest = history.guest();
        return new CityGuide(
                seed,
                households,
                guest.map(CityCases.Case::phone).orElse(null),
                guest.map(CityCases.Case::receiptNumber).orElse(null),
                CityTenancies.PENSIONER_PHONE,
                CityTenancies.DEBTOR_PHONE,
                logIns(main, second),
                PASSWORD,
                AGENCY,
                clientId,
                secret);
    }

    /** Enters so many households more straight into the main city's register. Blocks; not for event loops. */
    public void register(long seed, int registered, Instant end) {
        if (registered == 0) {
            return;
        }
        var city = domains.policy.city(CityPlan.MAIN_CITY);
        var communities = city.districts().stream()
                .flatMap(district -> district.streets().stream())
                .flatMap(street -> street.communities().stream())
                .map(City.Community::code)
                .toList();
        var policy = await(domains.policy.inForce(domains.db, CityPlan.MAIN_CITY, PROGRAMME, Shanghai.date(end)));
        var started = System.nanoTime();
        new RegisterFill(domains.db, domains.vault, policy, seed, end, communities).add(registered);
        double seconds = (System.nanoTime() - started) / 1e9;
        tell.accept("%d households registered in %.1f s, %.0f a second"
                .formatted(registered, seconds, registered / seconds));
    }

    private CityOffices offices(String cityCode, int districts, Instant now) {
        var city = domains.policy.city(cityCode);
        return await(domains.policy
                .inForce(domains.db, cityCode, PROGRAMME, Shanghai.date(now))
                .compose(policy -> CityOffices.open(domains, city, policy, districts, PASSWORD, now))
                .compose(opened ->
                        CityOffices.openPolicyDesk(domains, city, PASSWORD, now).map(opened))
                .compose(opened -> CityOffices.openComplaintDesk(domains, city, PASSWORD, now)
                        .map(opened)));
    }

    private static String secret(long seed) {
        var bytes = new byte[24];
        new SplittableRandom(seed).nextBytes(bytes);
        return "anju-demo-" + HexFormat.of().formatHex(bytes);
    }

    private CityHistory.Progress progress() {
        var toldAt = new long[] {System.nanoTime()};
        return (day, applied, planned) -> {
            long now = System.nanoTime();
            if (now - toldAt[0] > TELL_EVERY.toNanos()) {
                toldAt[0] = now;
                tell.accept("%s: %d of %d households have applied".formatted(Shanghai.date(day), applied, planned));
            }
        };
    }

    /** The people of the first office of each level: enough to walk through both pipelines. */
    private static List<LogIn> logIns(CityOffices... cities) {
        var logIns = new ArrayList<LogIn>();
        for (var offices : cities) {
            for (var level : List.of("community", "street", "civil-affairs", "district", "city")) {
                offices.desks().stream()
                        .filter(desk -> desk.office().level().equals(level))
                        .findFirst()
                        .ifPresent(desk -> {
                            var name = desk.office().name();
                            logIns.add(new LogIn(
                                    name + " reviewer (审核)", CityOffices.username(desk.office(), "reviewer")));
                            logIns.add(
                                    new LogIn(name + " clerk (公示、轮候)", CityOffices.username(desk.office(), "clerk")));
                            logIns.add(new LogIn(
                                    name + " complaints (投诉)", CityOffices.username(desk.office(), "complaints")));
                        });
            }
            var centre = CityOffices.housingCentre(offices.city());
            logIns.add(new LogIn(centre.name() + " policy officer (政策)", CityOffices.username(centre, "policy")));
            logIns.add(new LogIn(
                    centre.name() + " second policy officer (政策复核)", CityOffices.username(centre, "policy-second")));
            logIns.add(new LogIn(centre.name() + " intake (受理)", CityOffices.username(centre, "intake")));
            logIns.add(new LogIn(centre.name() + " supervision (督办)", CityOffices.username(centre, "supervision")));
        }
        logIns.addAll(tenancyLogIns(CityOffices.housingCentre(cities[0].city())));
        return logIns;
    }

    private static List<LogIn> tenancyLogIns(Office centre) {
        return List.of(
                new LogIn(centre.name() + " leases (租赁合同)", CityOffices.username(centre, "leases")),
                new LogIn(centre.name() + " rent (租金)", CityOffices.username(centre, "rent")),
                new LogIn(centre.name() + " second rent clerk (租金复核)", CityOffices.username(centre, "rent-second")),
                new LogIn(centre.name() + " cashier (收费)", CityOffices.username(centre, "cashier")),
                new LogIn(centre.name() + " reconciler (对账)", CityOffices.username(centre, "reconciler")),
                new LogIn(centre.name() + " auditor (审计)", CityOffices.username(centre, "auditor")));
    }
}
