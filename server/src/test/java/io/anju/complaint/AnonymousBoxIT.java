package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.platform.files.FileStore;
import io.anju.platform.rotation.Rotation;
import io.anju.platform.time.WorkingDays;
import io.anju.testing.Anju;
import io.anju.testing.ApiClient;
import io.anju.testing.KeyDesk;
import io.anju.testing.LogCapture;
import io.anju.testing.PlantedPdf;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits in the box lasts through whatever happens meanwhile, and says nothing of whom it came from. */
class AnonymousBoxIT {
    private static final String PDF = "application/pdf";

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);
    private final Whistle whistle = new Whistle(anju);

    /** As intake opens it, on the day after. */
    private byte[] attachment(String code) {
        var id = whistle.follow(code)
                .expect(200)
                .json()
                .at("/report/complaint/complaintId")
                .asText();
        var intake = filings.intake();
        var path = Filings.WORK + "/" + id;
        var file = intake.get(path + "?reason=核实").expect(200).json();
        var attachment = file.at("/attachments/0/attachmentId").asText();
        return intake.get(path + "/attachments/" + attachment + "?reason=核实")
                .expect(200)
                .body();
    }

    @Test
    void a_document_says_nothing_of_who_made_it() {
        var planted = PlantedPdf.of(2026);
        var code = whistle.file("附文件的举报。");
        whistle.attach(code, PlantedPdf.MARK + ".pdf", PDF, planted).expect(201);
        var filed = filings.file("complaint", "rent-and-fees");
        var kept = anju.http()
                .upload(filed.path() + "/attachments", filed.resident().token(), "a.pdf", PDF, planted)
                .expect(201)
                .json();
        var named = anju.http()
                .get(
                        filed.path() + "/attachments/"
                                + kept.path("attachmentId").asText(),
                        filed.resident().token())
                .expect(200)
                .body();
        whistle.night();
        for (var pdf : new byte[][] {attachment(code), named}) {
            assertThat(PlantedPdf.everything(pdf))
                    .contains("Rent was charged twice")
                    .doesNotContain(PlantedPdf.MARK, "D:20");
        }
    }

    @Test
    void what_waits_lasts_when_the_key_is_replaced() throws IOException {
        var others = files();
        var code = whistle.file("换钥之前的举报。");
        whistle.add(code, "换钥之前的补充。").expect(201);
        whistle.attach(code, "a.png", "image/png", Pictures.png()).expect(201);
        try (var keys = new KeyDesk(anju)) {
            keys.begin(Suite.NATIONAL);
            anju.clock().advance(KeyDesk.SETTLED);
            keys.work(20);
            anju.clock().advance(Duration.ofMinutes(10));
            anju.runJobs();
            assertThat(keys.progress().rotation().state()).isEqualTo(Rotation.State.DONE);
        }
        var waiting = whistle.follow(code).expect(200).json();
        assertThat(waiting.path("waiting").asInt())
                .as("nothing was handed over")
                .isEqualTo(2);
        // somebody who starts now knows the new key alone
        var fresh = Anju.await(Vault.load(
                anju.db(),
                KeyFile.open(anju.keyFile()),
                Suite.INTERNATIONAL,
                anju.clock().instant()));
        var ours = files();
        ours.removeAll(others);
        assertThat(ours).hasSize(1);
        for (var file : ours) {
            assertThat(fresh.isCurrent(Files.readAllBytes(file))).isTrue();
        }
        whistle.night();
        var report = whistle.follow(code).expect(200).toString();
        assertThat(report).contains("换钥之前的举报。", "换钥之前的补充。");
        assertThat(attachment(code)).startsWith(0x89, 'P', 'N', 'G');
    }

    private static Set<Path> files() throws IOException {
        var folder = Files.createDirectories(anju.folder().resolve("attachments"));
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    @Test
    void a_failure_of_ours_is_told_on_a_later_day() throws SQLException {
        anju.clock().advance(Duration.ofHours(2));
        var today = anju.clock().today();
        try (var log = LogCapture.from(Level.DEBUG)) {
            asOwner("ALTER TABLE complaint.allowance RENAME TO allowance_away");
            try {
                anju.http()
                        .request("POST", Whistle.PATH)
                        .unchecked()
                        .body(Whistle.body("出错时的举报。"))
                        .send()
                        .expect(500, "internal-error");
            } finally {
                asOwner("ALTER TABLE complaint.allowance_away RENAME TO allowance");
            }
            somebodyElseAsks();
            assertThat(anju.clock().today()).isEqualTo(today);
            assertThat(log.text()).contains("listComplaintCategories").doesNotContain("ERROR", "allowance");
            anju.clock().advance(Duration.ofDays(1));
            somebodyElseAsks();
            assertThat(log.text())
                    .contains("a request failed on a day before", "allowance")
                    .doesNotContain("anonymous-reports", "出错时的举报", "127.0.0.1");
        }
        whistle.send(Whistle.body("恢复之后的举报。")).expect(201);
    }

    /** Stopped before the day is over: what was kept at the stop is told by whoever runs on a later day. */
    @Test
    void a_failure_of_ours_is_told_on_a_later_day_by_another_server_too() throws SQLException {
        anju.clock().advance(Duration.ofHours(2));
        var stopped = anju.anotherApp();
        var before = keptBytes();
        try (var log = LogCapture.from(Level.DEBUG)) {
            asOwner("ALTER TABLE complaint.allowance RENAME TO allowance_away");
            try {
                failOn(new ApiClient(URI.create("http://127.0.0.1:" + stopped.port())));
            } finally {
                asOwner("ALTER TABLE complaint.allowance_away RENAME TO allowance");
            }
            Anju.await(stopped.close());
            // the row is there and of one size, whatever was kept; a stop without failures writes it as well
            var kept = keptBytes();
            Anju.await(anju.anotherApp().close());
            assertThat(keptBytes()).hasSameSizeAs(kept).isNotEqualTo(kept).isNotEqualTo(before);
            anju.runJobs();
            assertThat(log.text()).doesNotContain("on a day before");
            anju.clock().advance(Duration.ofDays(1));
            anju.runJobs();
            assertThat(log.text())
                    .contains("a request failed on a day before", "allowance")
                    .doesNotContain("anonymous-reports", "停机之前的举报", "127.0.0.1");
            assertThat(keptBytes()).hasSameSizeAs(kept);
        }
        try (var log = LogCapture.from(Level.DEBUG)) {
            anju.clock().advance(Duration.ofDays(1));
            anju.runJobs();
            assertThat(log.text()).doesNotContain("on a day before");
        }
    }

    /** Servers of one process share a port, so connections are many: some of them are with the one that stops. */
    private static void failOn(ApiClient http) {
        var sent = IntStream.range(0, 32)
                .mapToObj(i -> http.request("POST", Whistle.PATH)
                        .unchecked()
                        .body(Whistle.body("停机之前的举报。"))
                        .sendAsync())
                .toList();
        sent.forEach(one -> one.join().expect(500, "internal-error"));
    }

    private static byte[] keptBytes() {
        return Anju.await(anju.db()
                        .find(
                                "SELECT failures FROM platform.kept_failures",
                                row -> row.getBuffer("failures").getBytes()))
                .orElse(new byte[0]);
    }

    /** What differs between tries is counted, and not measured: one hash each, whatever the code opens or does not. */
    @Test
    void every_try_of_a_code_takes_the_same_work() {
        anju.clock().advance(Duration.ofHours(2));
        var code = TrackingCode.parse(whistle.file("同等开销的查询。")).orElseThrow();
        var hashes = new SlowHash(anju.vertx(), "tried-codes");
        var desk = desk(hashes);
        var handedOver = TrackingCode.parse(whistle.file("已转交的举报。")).orElseThrow();
        whistle.night();
        var waiting = TrackingCode.parse(whistle.file("等待中的举报。")).orElseThrow();
        for (var tried : List.of(
                handedOver,
                waiting,
                new TrackingCode(code.lookup(), "0".repeat(16)),
                new TrackingCode(waiting.lookup(), "0".repeat(16)),
                new TrackingCode("0".repeat(10), code.secret()))) {
            for (var act : List.of(Allowance.Act.FOLLOW, Allowance.Act.ADD, Allowance.Act.ATTACH)) {
                long before = hashes.made();
                Anju.await(desk.open(act, tried.text(), "10.1.2.3", anju.clock().instant())
                        .transform(ended -> Future.succeededFuture()));
                assertThat(hashes.made() - before)
                        .as(act + " " + tried.lookup())
                        .isEqualTo(1);
            }
        }
        long before = hashes.made();
        var slip = (code.text().charAt(0) == '0' ? "1" : "0") + code.text().substring(1);
        Anju.await(
                desk.open(Allowance.Act.FOLLOW, slip, "10.1.2.3", anju.clock().instant())
                        .transform(ended -> Future.succeededFuture()));
        assertThat(hashes.made()).as("everybody can find a slip without asking").isEqualTo(before);
    }

    private static AnonymousDesk desk(SlowHash hashes) {
        var domains = anju.domains();
        var work = new Casework(
                domains.db, domains.vault, domains.identity, domains.policy, domains.review, WorkingDays.load());
        var store = FileStore.of(
                anju.vertx(), new Settings.Attachments(anju.folder().resolve("attachments"), null, null));
        var files = new ComplaintFiles(work, anju.vertx(), domains.vault, store);
        var filing = new Filing(work, new Subjects(domains.application, domains.publicity), domains.objections);
        var box = new BoxStore();
        return new AnonymousDesk(
                work,
                filing,
                new OwnDesk(work, files),
                files,
                box,
                new BoxContent(domains.vault),
                new Allowance(domains.db, domains.vault, box),
                hashes);
    }

    /** A line is written after its answer: with some more of them, those before are there. */
    private static void somebodyElseAsks() {
        for (int i = 0; i < 5; i++) {
            anju.http().get("/v1/complaint-categories?cityCode=370200").expect(200);
        }
    }

    private static void asOwner(String sql) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
