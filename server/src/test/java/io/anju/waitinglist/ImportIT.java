package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.LostLease;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Workbooks;
import io.anju.waitinglist.Registration.ListKey;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A register that was kept elsewhere is taken over whole or not at all, and every fault is named. */
class ImportIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String IMPORTS = "/v1/staff/registration-imports";
    private static final ListKey LIST = new ListKey("370200", "public-rental");

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @BeforeAll
    static void logIn() {
        city = Desk.of(anju, "city", "3702");
    }

    @Test
    void utf_8_gb18030_and_workbooks_are_the_same_to_it() {
        var marked = new byte[][] {
            {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, Registers.text(StandardCharsets.UTF_8, Registers.rows(1_000, 3))
        };
        var withMark = new byte[marked[0].length + marked[1].length];
        System.arraycopy(marked[0], 0, withMark, 0, 3);
        System.arraycopy(marked[1], 0, withMark, 3, marked[1].length);
        var files = List.of(
                withMark,
                Registers.text(Charset.forName("GB18030"), Registers.rows(1_010, 3)),
                Registers.workbook(Registers.rows(1_020, 3)),
                new String(Registers.text(StandardCharsets.UTF_8, Registers.rows(1_030, 3)), StandardCharsets.UTF_8)
                        .replace(',', '\t')
                        .getBytes(StandardCharsets.UTF_8));
        for (var file : files) {
            long before = registered();
            var done = run(file, false);
            assertThat(report(done)).isEmpty();
            assertThat(done.path("state").asText()).isEqualTo("entered");
            assertThat(done.path("entered").asInt()).isEqualTo(3);
            assertThat(registered()).isEqualTo(before + 3);
        }
        var one = city.get("/v1/staff/registrations?registeredTo=2019-06-07")
                .expect(200)
                .json()
                .path("items")
                .path(0);
        assertThat(one.path("maskedName").asText()).isEqualTo("王**");
        assertThat(one.path("householdSize").asInt()).isEqualTo(2);
        assertThat(one.path("registeredOn").asText()).isEqualTo("2019-06-07");
        var told = anju.http()
                .get("/v1/receipts/" + one.path("receiptNumber").asText())
                .expect(200)
                .json();
        assertThat(told.path("state").asText()).isEqualTo("registered");
        assertThat(told.path("rank").asInt()).isPositive();
        assertThat(held()).isZero();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void names_row_column_and_code_and_enters_nothing(int column, String value, String expected) {
        int number = 200_000 + Math.abs((column + value).hashCode() % 100_000);
        var bad = Registers.row(number + 1);
        bad.set(column, value);
        var file = Registers.text(StandardCharsets.UTF_8, List.of(Registers.row(number), bad));
        long before = registered();
        var refused = run(file, false);
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(refused.path("faultyRows").asInt()).isEqualTo(1);
        assertThat(report(refused)).contains("3," + expected).allMatch(line -> line.startsWith("3,"));
        assertThat(registered()).isEqualTo(before);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(0, "", "sourceNumber,required"),
                Arguments.of(1, "", "name,required"),
                Arguments.of(2, "370202195001010020", "nationalId,national-id-check-digit"),
                Arguments.of(2, "37020219500101", "nationalId,national-id-form"),
                Arguments.of(3, "李小兰", "members,members-form"),
                Arguments.of(3, "表妹:李小兰:" + Registers.id(1, 2), "members,members-form"),
                Arguments.of(4, "370299001001", "areaCode,unknown-community"),
                Arguments.of(4, "370202", "areaCode,unknown-community"),
                Arguments.of(5, "富裕", "category,unknown-category"),
                Arguments.of(7, "十", "ownedAreaSqm,not-a-number"),
                Arguments.of(8, "-1", "monthlyIncomeYuan,not-a-number"),
                Arguments.of(9, "2019-02-30", "appliedOn,not-a-date"),
                Arguments.of(9, "2099-01-01", "appliedOn,date-in-future"),
                Arguments.of(9, "1949-01-01", "appliedOn,before-birth"),
                Arguments.of(10, "2019-01-01", "qualifiedOn,before-application"),
                Arguments.of(11, "2019-05-05", "registeredOn,before-qualification"),
                Arguments.of(1, "王\u0007", "name,not-text"),
                Arguments.of(11, "2019-06-07,one-more", ",field-count"));
    }

    @Test
    void goes_on_with_faults_only_where_it_is_told_to() {
        var rows = Registers.rows(3_000, 6);
        rows.get(2).set(4, "x");
        // the last two are the same household
        rows.set(5, rows.get(4));
        var file = Registers.text(StandardCharsets.UTF_8, rows);
        var refused = run(file, false);
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(report(refused))
                .contains(
                        "4,areaCode,unknown-community",
                        "6,nationalId,duplicate-in-file",
                        "7,sourceNumber,duplicate-in-file");
        var entered = run(file, true);
        assertThat(entered.path("state").asText()).isEqualTo("entered");
        assertThat(entered.path("faultyRows").asInt()).isEqualTo(3);
        assertThat(entered.path("entered").asInt()).isEqualTo(3);
        ask(file, true).expect(409, "file-imported-already");

        var again = Registers.rows(3_000, 2);
        again.get(1).set(0, "YQ-other");
        assertThat(report(run(Registers.text(StandardCharsets.UTF_8, again), false)))
                .contains(
                        "2,nationalId,already-applied",
                        "2,sourceNumber,already-imported",
                        "3,nationalId,already-applied");
    }

    @Test
    void whoever_leaves_gives_the_place_free_again() {
        run(Registers.text(StandardCharsets.UTF_8, Registers.rows(4_000, 1)), false);
        var one = city.get("/v1/staff/registrations?limit=1")
                .expect(200)
                .json()
                .path("items")
                .path(0);
        city.post(
                        "/v1/staff/registrations/" + one.path("registrationId").asText() + "/exit",
                        Map.of(
                                "exitType", "housed",
                                "occurredOn", anju.clock().today().toString(),
                                "finding", "已签订合同并入住",
                                "basis", "《办法》第十七条",
                                "evidenceNumber", "T-1",
                                "remedy", "可申请行政复议",
                                "estateName", "示例家园",
                                "homeRooms", 2))
                .expect(200);
        var again = Registers.row(4_000);
        again.set(0, "YQ-again");
        assertThat(report(run(Registers.text(StandardCharsets.UTF_8, List.of(again)), false)))
                .contains("2,nationalId,already-housed");
    }

    @ParameterizedTest
    @MethodSource("hopeless")
    void a_file_that_cannot_be_trusted_is_refused_whole_even_if_told_to_go_on(byte[] file, String expected) {
        long before = registered();
        var refused = run(file, true);
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(report(refused)).anyMatch(line -> line.contains(expected));
        assertThat(registered()).isEqualTo(before);
    }

    static Stream<Arguments> hopeless() {
        var bomb = new byte[600 << 20];
        return Stream.of(
                Arguments.of("姓名,年龄\n王五,3\n".getBytes(StandardCharsets.UTF_8), "1,,unknown-column"),
                Arguments.of("姓名\n王五\n".getBytes(StandardCharsets.UTF_8), "1,nationalId,column-missing"),
                Arguments.of(Workbooks.of(bomb), "too-large"),
                Arguments.of(new byte[] {'P', 'K', 3, 4, 0, 0, 0}, "unreadable"),
                Arguments.of(
                        (String.join(",", Registers.HEAD) + "\n\"" + "x".repeat(100_000))
                                .getBytes(StandardCharsets.UTF_8),
                        "unreadable"));
    }

    @Test
    void only_the_city_office_takes_a_register_over() {
        anju.http()
                .request("POST", IMPORTS + "?programme=public-rental")
                .token(Desk.of(anju, "district", "370202").token())
                .bytes("application/octet-stream", Registers.text(StandardCharsets.UTF_8, Registers.rows(1, 1)))
                .send()
                .expect(403, "city-office-only");
    }

    @Test
    void a_long_register_shows_nothing_until_all_of_it_is_there() throws IOException {
        // longer than any reader waits for: its order is derived by the job
        int households = 20_300;
        var rows = Registers.rows(50_000, households);
        var gb18030 = Charset.forName("GB18030");
        var file = anju.folder().resolve("register.csv");
        // and the file breaks off in the middle of a character, most of its last row missing
        Files.write(file, cut(Registers.text(gb18030, rows), "YQ-broken,王".getBytes(gb18030)));
        long before = registered();
        var imports = anju.domains().lists.imports;
        var id = imports.startFile(
                file, new ImportService.Order(LIST, false), anju.clock().instant());
        anju.runJobs();
        assertThat(Anju.await(imports.find(id)).state()).isEqualTo(RegisterImport.State.REFUSED);
        assertThat(registered()).isEqualTo(before);

        var second = imports.startFile(
                file, new ImportService.Order(LIST, true), anju.clock().instant());
        dies_half_way(second, before);
        anju.runJobs();
        var entered = Anju.await(imports.find(second));
        assertThat(entered.state()).isEqualTo(RegisterImport.State.ENTERED);
        assertThat(entered.entered()).isEqualTo(households);
        assertThat(entered.faultyRows()).isEqualTo(1);
        assertThat(registered()).isEqualTo(before + households);
        assertThat(held()).isZero();
        the_long_list_is_served_as_it_was_until_the_job_has_derived_it();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void a_file_that_breaks_off_inside_a_character_has_one_row_that_is_no_text(String charset) {
        // the name stands last, so that the row has all its columns
        var bytes = Charset.forName(charset);
        int number = bytes.equals(StandardCharsets.UTF_8) ? 90_000 : 90_010;
        var text = new StringBuilder(nameLast(Registers.HEAD)).append("\r\n");
        Registers.rows(number, 3).forEach(row -> text.append(nameLast(row)).append("\r\n"));
        var whole = text.toString().strip().getBytes(bytes);
        var file = Arrays.copyOf(whole, whole.length - 1);
        long before = registered();
        var refused = run(file, false);
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(report(refused)).containsExactly("4,name,not-text");
        assertThat(registered()).isEqualTo(before);
        assertThat(run(file, true).path("entered").asInt()).isEqualTo(2);
        assertThat(registered()).isEqualTo(before + 2);
    }

    private static String nameLast(List<String> row) {
        var moved = new ArrayList<>(row);
        moved.add(moved.remove(1));
        return String.join(",", moved);
    }

    /** A file with another piece behind it that lacks its last byte. */
    private static byte[] cut(byte[] file, byte[] last) {
        var cut = Arrays.copyOf(file, file.length + last.length - 1);
        System.arraycopy(last, 0, cut, file.length, last.length - 1);
        return cut;
    }

    private static void dies_half_way(UUID id, long before) {
        var job = take(id);
        var domains = anju.domains();
        var run = new ImportRun(anju.vertx(), domains.db, domains.vault, domains.policy, domains.application).run(job);
        while (Anju.await(domains.lists.imports.find(id)).rowsRead() == 0) {
            Thread.onSpinWait();
        }
        Anju.await(anju.db().execute("UPDATE platform.job SET fence = fence + 1 WHERE key = $1", id.toString()));
        assertThatThrownBy(() -> Anju.await(run)).isInstanceOf(LostLease.class);
        assertThat(Anju.await(domains.lists.imports.find(id)).rowsRead()).isBetween(1, 20_300);
        assertThat(registered()).isEqualTo(before);
        Anju.await(anju.db()
                .execute(
                        "UPDATE platform.job SET state = 'queued', due_at = created_at - '9 years'::interval WHERE key = $1",
                        id.toString()));
    }

    private static Job take(UUID id) {
        return Anju.await(anju.db()
                        .find(
                                """
                                UPDATE platform.job SET state = 'running', fence = fence + 1, due_at = now() + '1 h'
                                 WHERE key = $1
                                RETURNING id, fence
                                """,
                                row -> new Job(
                                        row.getUUID("id"),
                                        ImportRun.KIND,
                                        id.toString(),
                                        "{}",
                                        1,
                                        row.getLong("fence"),
                                        0,
                                        anju.clock().instant()),
                                id.toString()))
                .orElseThrow();
    }

    private static void the_long_list_is_served_as_it_was_until_the_job_has_derived_it() {
        var path = "/v1/waiting-lists/370200/public-rental/entries?limit=1";
        Anju.await(anju.domains().lists.standing.current(LIST, anju.clock().instant()));
        var old = anju.http().get(path).expect(200).json();
        assertThat(old.path("total").asInt()).isGreaterThan(20_000);
        var first = city.get("/v1/staff/registrations?limit=1")
                .expect(200)
                .json()
                .path("items")
                .path(0);
        city.post(
                        "/v1/staff/registrations/"
                                + first.path("registrationId").asText() + "/exit",
                        Map.of(
                                "exitType", "withdrawn",
                                "occurredOn", anju.clock().today().toString(),
                                "finding", "本人自愿退出",
                                "basis", "《办法》第十七条",
                                "evidenceNumber", "T-2",
                                "remedy", "可申请行政复议"))
                .expect(200);
        var same = anju.http().get(path).expect(200).json();
        assertThat(same.path("version")).isEqualTo(old.path("version"));
        anju.clock().advance(Duration.ofMinutes(11));
        anju.runJobs();
        var fresh = anju.http().get(path).expect(200).json();
        assertThat(fresh.path("version").asLong())
                .isGreaterThan(old.path("version").asLong());
        assertThat(fresh.path("total").asInt()).isEqualTo(old.path("total").asInt() - 1);
    }

    private static Answer ask(byte[] file, boolean goOn) {
        return anju.http()
                .request("POST", IMPORTS + "?programme=public-rental&goOnWithFaults=" + goOn)
                .token(city.token())
                .bytes("application/octet-stream", file)
                .send();
    }

    private static JsonNode run(byte[] file, boolean goOn) {
        var id = ask(file, goOn).expect(202).json().path("importId").asText();
        anju.runJobs();
        return city.get(IMPORTS + "/" + id).expect(200).json();
    }

    /** The lines of the report without their texts. */
    private static List<String> report(JsonNode one) {
        var path = IMPORTS + "/" + one.path("importId").asText() + "/report";
        var text = new String(city.get(path).expect(200).body(), StandardCharsets.UTF_8);
        return text.lines()
                .skip(1)
                .map(line -> line.replaceFirst(",\"[^\"]*\"$", ""))
                .toList();
    }

    private static long registered() {
        return count("registration");
    }

    /** Rows and pieces that are still there. */
    private static long held() {
        return count("import_row") + count("import_piece");
    }

    private static long count(String table) {
        return Anju.await(anju.db().find("SELECT count(*) FROM waitinglist." + table, row -> row.getLong(0)))
                .orElseThrow();
    }
}
