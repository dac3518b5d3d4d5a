package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.LogIn;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Somebody who has a backup of the database, the files, and everything that staff is shown, tries to find out who filed
 * each report. They know when everybody was online, how much everybody wrote and how large their pictures are.
 *
 * <p>They put the reports into the order of whatever they find and pair it with the order that they know. By chance one
 * pair of all fits, whatever their number (the fixed points of a random order: Poisson with mean 1). More than
 * {@value #MOST_BY_CHANCE} fit with a probability below 2e-8 for one order and below 1e-4 for all that are tried here.
 */
class LinkingIT {
    private static final int RESIDENTS = 24;
    private static final int MOST_BY_CHANCE = 10;
    private static final int SEED = 4711;

    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Random RANDOM = new Random(SEED);
    private static final Whistle WHISTLE = new Whistle(anju);
    /** The code of each resident's report, in the order in which they were online. */
    private static final List<String> CODES = new ArrayList<>();
    /** The complaint that each filed with their name a minute before. */
    private static final List<String> SIGNED = new ArrayList<>();
    /** Residents by how much they write and how large their pictures are. */
    private static final List<Integer> BY_SIZE = new ArrayList<>();

    private static Map<String, Map<String, List<Double>>> box = Map.of();
    private static final Map<Integer, String> REPORTS = new TreeMap<>();

    @BeforeAll
    static void report() {
        for (int i = 0; i < RESIDENTS; i++) {
            BY_SIZE.add(i);
        }
        Collections.shuffle(BY_SIZE, RANDOM);
        var filings = new Filings(anju);
        for (int i = 0; i < RESIDENTS; i++) {
            act(filings.resident(), i);
            anju.clock().advance(Duration.ofMinutes(15));
        }
        box = Backup.of(anju).orders("complaint.box", "lookup", lookups(), "kind = 'report'");
        box.putAll(prefixed("files ", Backup.of(anju).orders("complaint.box", "lookup", lookups(), "kind = 'file'")));
        WHISTLE.night();
        for (int i = 0; i < RESIDENTS; i++) {
            // everybody looks it up at another hour
            anju.clock().advance(Duration.ofMinutes(30));
            var seen = WHISTLE.follow(CODES.get(i)).expect(200).json();
            REPORTS.put(i, seen.at("/report/complaint/complaintId").asText());
        }
    }

    private static Map<String, Map<String, List<Double>>> prefixed(
            String prefix, Map<String, Map<String, List<Double>>> orders) {
        var named = new LinkedHashMap<String, Map<String, List<Double>>>();
        orders.forEach((name, order) -> named.put(prefix + name, order));
        return named;
    }

    /** Logs in, complains with their name, and reports without. */
    private static void act(LogIn resident, int index) {
        int size = 1 + BY_SIZE.indexOf(index);
        var signed = Filings.body("complaint", "rent-and-fees", "370202001");
        signed.put("text", "租".repeat(50 * size));
        SIGNED.add(anju.http()
                .post(Filings.MINE, resident.token(), signed)
                .expect(201)
                .json()
                .at("/complaint/complaintId")
                .asText());
        anju.clock().advance(Duration.ofMinutes(1));
        var code = WHISTLE.file("瞒".repeat(200 * size));
        WHISTLE.attach(code, "resident-" + index + ".png", "image/png", Pictures.png(300 + 8 * size))
                .expect(201);
        CODES.add(code);
    }

    private static List<String> lookups() {
        return CODES.stream()
                .map(code -> TrackingCode.parse(code).orElseThrow().lookup())
                .toList();
    }

    /** How many an order of the things, first to last, gives to whom they belong. */
    private static int matched(Map<String, List<Double>> values, List<String> things, List<Integer> residents) {
        var found = new ArrayList<>(values.entrySet());
        Collections.shuffle(found, RANDOM);
        found.sort((one, other) -> compare(one.getValue(), other.getValue()));
        int matched = 0;
        for (int place = 0; place < found.size() && place < residents.size(); place++) {
            if (things.get(residents.get(place)).equals(found.get(place).getKey())) {
                matched++;
            }
        }
        return matched;
    }

    private static int compare(List<Double> one, List<Double> other) {
        return Double.compare(Collections.min(one), Collections.min(other));
    }

    /** The best that any of these orders gives, forwards and backwards, by time and by size. */
    private static Map<String, Integer> tried(Map<String, Map<String, List<Double>>> orders, List<String> things) {
        var best = new TreeMap<String, Integer>();
        var byTime = new ArrayList<Integer>();
        for (int i = 0; i < RESIDENTS; i++) {
            byTime.add(i);
        }
        orders.forEach((name, values) -> {
            for (var known : List.of(byTime, BY_SIZE)) {
                var backwards = new ArrayList<>(known);
                Collections.reverse(backwards);
                best.merge(name, matched(values, things, known), Math::max);
                best.merge(name, matched(values, things, backwards), Math::max);
            }
        });
        return best;
    }

    private static void assertByChance(Map<String, Map<String, List<Double>>> orders, List<String> things) {
        assertThat(orders).isNotEmpty();
        assertThat(tried(orders, things))
                .as("seed " + SEED)
                .allSatisfy((order, matched) -> assertThat(matched).as(order).isLessThanOrEqualTo(MOST_BY_CHANCE));
    }

    @Test
    void the_same_eyes_find_everybody_who_signs() {
        var orders = Backup.of(anju).orders("complaint.complaint", "id", SIGNED, "true");
        var tried = tried(orders, SIGNED);
        for (var telling : List.of(
                "complaint.complaint.#place",
                "complaint.complaint.#transaction",
                "complaint.complaint.id",
                "complaint.complaint.number",
                "complaint.complaint.filed_at",
                "complaint.complaint.content")) {
            assertThat(tried).as(telling).containsEntry(telling, RESIDENTS);
        }
    }

    @Test
    void the_box_says_nothing() {
        assertThat(box.keySet())
                .contains("complaint.box.#place", "complaint.box.#transaction", "files complaint.box.content");
        assertByChance(box, lookups());
    }

    @Test
    void the_database_says_nothing_after_the_night() {
        var ids = new ArrayList<>(REPORTS.values());
        var backup = Backup.of(anju);
        var orders = new LinkedHashMap<>(backup.orders("complaint.complaint", "id", ids, "true"));
        for (var table : List.of("event", "clock", "holder", "named", "attachment", "tracking")) {
            var found = backup.orders("complaint." + table, "complaint_id", ids, "true");
            assertThat(found).as(table).isNotEmpty();
            orders.putAll(found);
        }
        assertThat(orders.size()).isGreaterThan(40);
        assertByChance(orders, ids);
        assertByChance(backup.orders("complaint.tracking", "lookup", lookups(), "true"), lookups());
    }

    @Test
    void the_files_say_nothing() throws IOException {
        var ids = new ArrayList<>(REPORTS.values());
        var sizes = new HashMap<String, List<Double>>();
        var times = new HashMap<String, List<Double>>();
        for (var file : Backup.of(anju).rows("complaint.attachment", "complaint_id", ids, "true")) {
            var path = anju.folder()
                    .resolve("attachments")
                    .resolve(file.path("file_key").asText());
            var report = file.path("complaint_id").asText();
            sizes.computeIfAbsent(report, key -> new ArrayList<>()).add((double) Files.size(path));
            times.computeIfAbsent(report, key -> new ArrayList<>())
                    .add((double) Files.getLastModifiedTime(path).toMillis());
        }
        assertThat(sizes).hasSize(RESIDENTS);
        assertThat(Set.copyOf(sizes.values())).hasSize(1);
        assertByChance(Map.of("size", sizes, "time", times), ids);
    }

    @Test
    void what_staff_is_shown_says_nothing() {
        var intake = new Filings(anju).intake();
        var ids = new ArrayList<>(REPORTS.values());
        var orders = new LinkedHashMap<String, Map<String, List<Double>>>();
        var listed =
                intake.get(Filings.WORK + "?queue=area&kind=report&limit=100").expect(200);
        int place = 0;
        for (JsonNode item : listed.json().path("items")) {
            var report = item.at("/complaint/complaintId").asText();
            note(orders, "list", report, place++);
            note(orders, "number", report, item.at("/complaint/number").asText().hashCode());
            var file = intake.get(Filings.WORK + "/" + report + "?reason=test")
                    .expect(200)
                    .json();
            int at = 0;
            for (var id : file.findValuesAsText("eventId")) {
                note(orders, "event " + at++, report, Backup.number(id));
            }
            note(
                    orders,
                    "attachment",
                    report,
                    Backup.number(file.at("/attachments/0/attachmentId").asText()));
            note(orders, "at", report, Backup.number(file.at("/history/0/at").asText()));
            assertThat(file.toString()).doesNotContain("sizeBytes", "resident-");
        }
        assertThat(place).isEqualTo(RESIDENTS);
        assertByChance(orders, ids);
    }

    private static void note(Map<String, Map<String, List<Double>>> orders, String name, String report, double value) {
        orders.computeIfAbsent(name, key -> new HashMap<>())
                .computeIfAbsent(report, key -> new ArrayList<>())
                .add(value);
    }

    @Test
    void an_act_without_a_name_writes_to_the_box_and_the_counts_alone() {
        var before = Backup.of(anju).digests();
        var code = WHISTLE.file("只写入收件箱。");
        WHISTLE.add(code, "补充。").expect(201);
        WHISTLE.attach(code, "a.png", "image/png", Pictures.png()).expect(201);
        WHISTLE.follow(code).expect(200);
        var after = Backup.of(anju).digests();
        after.entrySet().removeAll(before.entrySet());
        assertThat(after.keySet()).containsExactlyInAnyOrder("complaint.allowance", "complaint.box");
    }
}
