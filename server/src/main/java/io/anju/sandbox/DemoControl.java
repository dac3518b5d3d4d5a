package io.anju.sandbox;

import io.anju.identity.Sex;
import io.anju.platform.time.Shanghai;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * What a viewer of the demo may do beside the API, on the simulators' listener only:
 *
 * <table>
 *   <caption>Control</caption>
 *   <tr><td>{@code POST /control/clock/advance?days=8}</td><td>moves the demo's clock</td></tr>
 *   <tr><td>{@code POST /control/people}</td><td>someone who is not in the city: name, national ID, phone</td></tr>
 * </table>
 */
final class DemoControl {
    private static final Pattern DAYS = Pattern.compile("[1-9]\\d{0,2}");
    private static final String DISTRICT = "370202";

    private final DemoClock clock;
    private final CityPeople people = new CityPeople();
    private final SecureRandom random = new SecureRandom();

    DemoControl(DemoClock clock) {
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/control/clock").handler(http -> tell(http, clock.instant()));
        router.post("/control/clock/advance").handler(this::advance);
        router.post("/control/people").handler(this::makePerson);
    }

    private void advance(RoutingContext http) {
        var days = http.queryParams().get("days");
        if (days == null || !DAYS.matcher(days).matches() || Integer.parseInt(days) > 366) {
            http.response().setStatusCode(400).end("days must be a whole number from 1 to 366\n");
            return;
        }
        try {
            tell(http, clock.advance(Duration.ofDays(Integer.parseInt(days))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(RoutingContext http, Instant now) {
        json(http.response()).end("{\"now\":\"%s\",\"today\":\"%s\"}%n".formatted(now, Shanghai.date(now)));
    }

    /** Forty to sixty years old, so that every sample policy lets them apply alone. */
    private void makePerson(RoutingContext http) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var birthDate = today.minusYears(40).minusDays(random.nextInt(7_000));
        var person = people.walkIn(random, Sex.FEMALE, birthDate, DISTRICT);
        json(http.response())
                .end("{\"name\":\"%s\",\"nationalId\":\"%s\",\"birthDate\":\"%s\",\"phone\":\"139%08d\"}%n"
                        .formatted(person.name(), person.nationalId(), birthDate, random.nextInt(100_000_000)));
    }

    private static HttpServerResponse json(HttpServerResponse response) {
        return response.putHeader("Content-Type", "application/json; charset=utf-8");
    }
}
