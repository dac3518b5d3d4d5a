package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.publication.Verifier;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A city from a deployment's own folder, end to end: its own pipeline, classes before the rest, older dates, lots. */
class FifthCityIT {
    @RegisterExtension
    static final Anju anju = Anju.server()
            .with(
                    "ANJU_POLICY_DIR",
                    Path.of("src/test/resources/policies-invented")
                            .toAbsolutePath()
                            .toString());

    private static final String COMMUNITY = "990202001001";
    private static final LocalTime MORNING = LocalTime.of(9, 30);
    private static final String SEED = "临溪市 2026-01-15 第 26007 期 03 11 19 24 28 31";

    private final Cases cases = new Cases(anju);

    @Test
    void ranks_by_class_then_by_the_older_date_then_by_lot() throws IOException {
        var street = Desk.of(anju, "street", "990202001");
        var city = Desk.of(anju, "city", "9902");
        var first = registered(handIn(LocalDate.of(2026, 3, 9)), street, city);
        withdraw(first, city);
        at(LocalDate.of(2026, 5, 11));
        var lots = Stream.generate(() -> cases.handIn(COMMUNITY)).limit(4).toList();
        lots.forEach(one -> registered(one, street, city));
        at(LocalDate.of(2026, 6, 8));
        var again = registered(cases.handInAgain(first), street, city);
        var veteran = registered(cases.handIn(veteran()), street, city);

        var expected = Stream.concat(
                        Stream.of(veteran, again), lots.stream().sorted(Comparator.comparing(FifthCityIT::lot)))
                .map(Case::receiptNumber)
                .toList();
        assertThat(publicList()).containsExactlyElementsOf(expected);
        var place = anju.http()
                .get(again.path() + "/registration", again.resident().token())
                .expect(200)
                .json()
                .path("standing");
        assertThat(place.path("rank").asInt()).isEqualTo(2);
        a_class_has_places_of_its_own_and_nobody_counts_the_frozen_as_ahead(veteran, again, lots, city);
        the_programme_tells_how_lots_are_drawn();
        whoever_downloads_the_published_list_orders_and_draws_it_again(city, expected);
    }

    private void a_class_has_places_of_its_own_and_nobody_counts_the_frozen_as_ahead(
            Case veteran, Case again, List<Case> lots, Desk city) {
        var last = lots.stream().max(Comparator.comparing(FifthCityIT::lot)).orElseThrow();
        assertThat(classOf(veteran)).isEqualTo("veterans 退役军人家庭: 1 of 1, 0 ahead");
        assertThat(classOf(again)).isEqualTo("none 其他家庭: 1 of 5, 0 ahead");
        assertThat(classOf(last)).isEqualTo("none 其他家庭: 5 of 5, 4 ahead");

        city.post(
                        "/v1/staff/registrations/" + registrationId(again, city) + "/freeze",
                        Facts.reason(
                                "freezeType",
                                "own-request",
                                "frozenFrom",
                                anju.clock().today().toString()))
                .expect(200);
        assertThat(classOf(again)).isEqualTo("none 其他家庭: 1 of 5, 0 ahead");
        assertThat(classOf(last)).isEqualTo("none 其他家庭: 5 of 5, 3 ahead");
        assertThat(classOf(veteran)).isEqualTo("veterans 退役军人家庭: 1 of 1, 0 ahead");
    }

    private String classOf(Case one) {
        var parts = cases.registration(one).path("standing").path("subRanks");
        var part = StreamSupport.stream(parts.spliterator(), false)
                .filter(each -> each.path("kind").asText().equals("priority-class"))
                .findFirst()
                .orElseThrow();
        return part.path("key").asText() + " " + part.path("name").asText() + ": "
                + part.path("rank").asInt() + " of " + part.path("total").asInt() + ", "
                + part.path("ahead").asInt() + " ahead";
    }

    private static void whoever_downloads_the_published_list_orders_and_draws_it_again(Desk city, List<String> expected)
            throws IOException {
        var order = Map.of("programme", "public-rental", "period", "2026-B1", "reason", "批次公布");
        var id = city.post("/v1/staff/publications", order)
                .expect(202)
                .json()
                .path("publicationId")
                .asText();
        anju.runJobs();
        var csv = anju.http().get("/v1/publications/" + id + "/csv").expect(200).body();
        var report = Verifier.verify(new ByteArrayInputStream(csv), null, expected.get(2));
        assertThat(report.fault()).isNull();
        assertThat(report.row()).startsWith("3," + expected.get(2));
        var rows = new String(csv, StandardCharsets.UTF_8).lines().skip(3).toList();
        assertThat(rows.stream().map(row -> row.split(",")[1])).containsExactlyElementsOf(expected);
        assertThat(rows.get(0).split(",")[7]).as("priority class of a veteran").isEqualTo("1");
    }

    private static void the_programme_tells_how_lots_are_drawn() {
        var keys = anju.http()
                .get("/v1/programmes?cityCode=990200")
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("rankedBy");
        assertThat(keys.path(0).path("by").asText()).isEqualTo("priority");
        assertThat(keys.path(1).path("dates").path(1).asText()).isEqualTo("earlier-qualified-on");
        assertThat(keys.path(2).path("seed").asText()).isEqualTo(SEED);
    }

    /** As the guide tells anyone to draw it again. */
    private static String lot(Case one) {
        try {
            var text = SEED + "\n" + one.receiptNumber();
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Case handIn(LocalDate day) {
        at(day);
        return cases.handIn(COMMUNITY);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> veteran() {
        var household = cases.household(COMMUNITY);
        ((List<Map<String, Object>>) Objects.requireNonNull(household.get("members")))
                .get(0)
                .put("specialGroups", List.of("veteran"));
        return household;
    }

    private Case registered(Case one, Desk street, Desk city) {
        street.approve(one).expect(200);
        city.verifyAndApprove(one);
        city.publishAndClose("city-publicity");
        assertThat(cases.state(one)).isEqualTo("registered");
        return one;
    }

    private void withdraw(Case one, Desk city) {
        city.post(
                        "/v1/staff/registrations/" + registrationId(one, city) + "/exit",
                        Map.of(
                                "exitType", "withdrawn",
                                "occurredOn", anju.clock().today().toString(),
                                "finding", "申请人书面提出退出轮候",
                                "basis", "《临溪市办法》第九条",
                                "evidenceNumber", "ZL-2026-000001",
                                "remedy", "符合条件的可以重新申请"))
                .expect(200);
    }

    private static String registrationId(Case one, Desk city) {
        return city.get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("registrationId")
                .asText();
    }

    private static void at(LocalDate day) {
        anju.clock().set(day, MORNING);
        anju.runJobs();
    }

    private static List<String> publicList() {
        return publicList("?limit=100");
    }

    private static List<String> publicList(String query) {
        var page = anju.http()
                .get("/v1/waiting-lists/990200/public-rental/entries" + query)
                .expect(200)
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(line -> line.path("receiptNumber").asText())
                .toList();
    }
}
