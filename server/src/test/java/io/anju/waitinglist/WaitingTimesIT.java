package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.testing.Anju;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.Home;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Six years of a list on which everybody is alike and homes go to whoever came first, four a month and then six: what is
 * told of the time to come, and what homes have gone to.
 */
class WaitingTimesIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final Reason REASON = new Reason("已核实", "《办法》第十七条", "ZL-1", "可申请行政复议");
    private static final LocalDate BEGAN = LocalDate.of(2022, 1, 1);
    private static final int MONTHS = 72;
    private static final LocalDate NOW = BEGAN.plusMonths(MONTHS);

    private static int serial;

    @BeforeAll
    static void live() {
        var store = new WaitingListStore(anju.domains().vault);
        var waiting = new ArrayDeque<CaseFile>();
        for (int month = 0; month < MONTHS; month++) {
            var day = BEGAN.plusMonths(month);
            var entering = IntStream.range(0, month == 0 ? 60 : 5)
                    .mapToObj(i -> file(day))
                    .toList();
            int homes = month < 36 ? 4 : 6;
            // one household a year moves into an estate of its own, which no line may tell
            boolean isLonely = month % 12 == 5;
            anju.clock().set(day.plusDays(9), LocalTime.NOON);
            Anju.await(anju.db().inTransaction(tx -> {
                Future<Void> done = Future.succeededFuture();
                for (var file : entering) {
                    waiting.add(file);
                    done = done.compose(before ->
                            store.insert(tx, file, facts(), Shanghai.date(file.submittedAt()), file.submittedAt()));
                }
                return done;
            }));
            // the last place before a home is that of the newest derivation
            Anju.await(anju.domains().lists.standing.current(LIST, anju.clock().instant()));
            Anju.await(anju.db().inTransaction(tx -> {
                Future<Void> done = Future.succeededFuture();
                for (int i = 0; i < homes; i++) {
                    var file = waiting.remove();
                    var estate = isLonely && i == 0 ? "独户小区" : "示例家园";
                    done = done.compose(before -> house(tx, store, file, day.plusDays(10), estate));
                }
                return done;
            }));
        }
        anju.clock().set(NOW, LocalTime.NOON);
        Anju.await(anju.domains().lists.standing.current(LIST, anju.clock().instant()));
    }

    @Test
    void the_range_follows_from_real_flow_and_was_right_as_often_as_is_told() {
        var domains = anju.domains();
        var standings = new StandingStore();
        var derivation = new Derivation(anju.db(), anju.vertx(), domains.vault, domains.policy);
        var times = new WaitingTimes(anju.db(), anju.vertx(), standings, derivation);
        var standing = Anju.await(derivation.derive(LIST, anju.clock().instant()));
        var last = Anju.await(standings.page(anju.db(), standing.id(), standing.total() - 1, 1))
                .get(0);
        var placed = Anju.await(new PlaceStore()
                        .place(anju.db(), standing.id(), last.line().registrationId()))
                .orElseThrow();
        assertThat(Anju.await(times.of(standing, placed, NOW)).kept())
                .as("before the job")
                .isNull();

        anju.runJobs();
        anju.runJobs();
        var told = Anju.await(times.of(standing, placed, NOW));
        var kept = Objects.requireNonNull(told.kept());
        assertThat(kept.homeRooms()).isEqualTo(1);
        assertThat(kept.flow().housed()).isEqualTo(24 * 6);
        int months = (last.line().rank() + 5) / 6;
        assertThat(told.range()).isEqualTo(new WaitingTimePolicy.Range(months, months));
        // all 72 answers of a year ago were right; those of two years ago knew the old pace, too
        var verdict = kept.verdict();
        assertThat(verdict.checked()).isGreaterThanOrEqualTo(72);
        assertThat(verdict.hits()).isBetween(72, verdict.checked());
        var rows = Anju.await(
                anju.db().find("SELECT count(*)::integer FROM waitinglist.flow_month", row -> row.getInteger(0)));
        assertThat(rows).as("computed once a month").contains(1);
        the_frozen_take_no_home_before_the_last(times, derivation, last.line().registrationId(), months);
    }

    /** A month's homes go to six households: with six fewer ahead that are offered any, it is a month less. */
    private static void the_frozen_take_no_home_before_the_last(
            WaitingTimes times, Derivation derivation, UUID last, int months) {
        var facts = new FactStore(anju.domains().vault);
        var now = anju.clock().instant();
        var waiting = Anju.await(anju.db()
                .list(
                        "SELECT application_id FROM waitinglist.household WHERE exit_type IS NULL ORDER BY sequence LIMIT 6",
                        row -> row.getUUID(0)));
        for (var one : waiting) {
            Anju.await(anju.db()
                    .inTransaction(tx -> new WaitingListStore(anju.domains().vault)
                            .ofApplication(tx, one)
                            .compose(found -> facts.insertFreeze(
                                    tx,
                                    new FactStore.Entry(found.orElseThrow(), REASON, Caller.SYSTEM, now),
                                    Registration.FreezeType.OWN_REQUEST,
                                    NOW))));
        }
        var standing = Anju.await(derivation.derive(LIST, now));
        var placed = Anju.await(new PlaceStore().place(anju.db(), standing.id(), last))
                .orElseThrow();
        assertThat(placed.line().ahead()).isEqualTo(placed.line().rank() - 1 - 6);
        assertThat(Anju.await(times.of(standing, placed, NOW)).range())
                .isEqualTo(new WaitingTimePolicy.Range(months - 1, months - 1));
    }

    @Test
    void homes_are_told_as_open_data_from_five_households_on() {
        var path = "/v1/waiting-lists/370200/public-rental/allocation-results";
        var page = anju.http().get(path + "?limit=4").expect(200).json();
        assertThat(page.path("fewestHouseholds").asInt()).isEqualTo(5);
        var first = page.path("items").path(0);
        assertThat(first.path("year").asInt()).isEqualTo(2027);
        assertThat(first.path("estateName").asText()).isEqualTo("示例家园");
        assertThat(first.path("households").asInt()).isEqualTo(6 * 12 - 1);
        assertThat(first.path("lowestRankWithin").asInt()).isEqualTo(10);
        assertThat(first.path("latestQualifiedMonth").asText()).matches("\\d{4}-\\d{2}");
        assertThat(page.path("items").findValuesAsText("year")).containsExactly("2027", "2026", "2025", "2024");
        assertThat(page.path("items").findValuesAsText("estateName")).containsOnly("示例家园");
        var next = anju.http()
                .get(path + "?limit=4&cursor=" + page.path("nextCursor").asText())
                .expect(200)
                .json();
        assertThat(next.path("items").findValuesAsText("year")).containsExactly("2023", "2022");
        assertThat(next.has("nextCursor")).isFalse();
    }

    private static Future<Void> house(Tx tx, WaitingListStore store, CaseFile file, LocalDate on, String estate) {
        var at = Shanghai.startOf(on).plusSeconds(36_000);
        return store.ofApplication(tx, file.id())
                .compose(found -> store.insertExit(
                        tx,
                        found.orElseThrow(),
                        new RegistrationExit(ExitType.HOUSED, on, REASON, new Home(estate, 1)),
                        Caller.SYSTEM,
                        at))
                .mapEmpty();
    }

    private static CaseFile file(LocalDate day) {
        int number = ++serial;
        Instant at = Shanghai.startOf(day).plusSeconds(number % 3_600);
        return new CaseFile(
                new UUID(42, number),
                LIST.cityCode(),
                "370202001001",
                LIST.programme(),
                ApplicationState.REGISTERED,
                3,
                1,
                policyDigest(),
                new UUID(43, number),
                "370200-2022-%07d-K".formatted(number),
                at,
                1,
                "王**",
                "low-income",
                1);
    }

    private static String policyDigest() {
        return Anju.await(anju.domains().policy.inForce(anju.db(), LIST.cityCode(), LIST.programme(), NOW))
                .digest();
    }

    private static HouseholdFacts facts() {
        var applicant = new Person(Relation.APPLICANT, LocalDate.of(1970, 5, 5), "370200", null);
        return new HouseholdFacts(LIST.cityCode(), List.of(applicant), BigDecimal.ZERO, 90_000, 0, Set.of(), BEGAN);
    }
}
