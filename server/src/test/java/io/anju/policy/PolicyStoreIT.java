package io.anju.policy;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.db.Db;
import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.testing.Anju;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PolicyStoreIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "public-rental";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    Path root = Path.of("");

    /** A city of its own for each test: documents cannot be removed again. */
    private String city = "";

    @BeforeEach
    void newCity() throws IOException {
        city = String.valueOf(990_000 + 100 * (1 + NUMBER.getAndIncrement()));
        Files.createDirectories(root.resolve(city));
        Files.writeString(root.resolve(city).resolve("city.yaml"), cityFile());
    }

    @Test
    void stores_each_document_once() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        assertThat(load()).isEqualTo(1);
        assertThat(load()).isZero();
    }

    @Test
    void gives_the_rules_of_the_day() throws IOException {
        write("a", "1", "2025-01-01", "2025-12-31", 5);
        write("b", "2", "2026-01-01", null, 6);
        var service = service();
        await(anju.db().inTransaction(service::load));
        assertThat(inForce(service, "2025-12-31").version()).isEqualTo("1");
        assertThat(inForce(service, "2025-12-31").effectiveTo()).isEqualTo(LocalDate.of(2025, 12, 31));
        assertThat(inForce(service, "2026-01-01").version()).isEqualTo("2");
        assertThat(inForce(service, "2026-01-01").effectiveTo()).isNull();
        assertThatThrownBy(() -> inForce(service, "2024-12-31")).hasMessage("no-policy-in-force");
    }

    @Test
    void a_service_without_the_file_reads_the_stored_rules() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        load();
        var document = PolicyFolder.read(root).documents().get(0);
        var other = new PolicyService(PolicyFolder.shipped());
        var stored = await(other.byDigest(anju.db(), document.digest()));
        assertThat(stored.content()).isEqualTo(document.content());
        assertThat(stored.pipeline()).isEqualTo(document.pipeline());
        assertThat(stored.order()).isEqualTo(document.order());
    }

    @Test
    void an_open_period_is_ended_by_its_file_and_the_next_version_follows() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        load();
        write("a", "1", "2026-01-01", "2026-06-30", 5);
        write("b", "2", "2026-07-01", null, 6);
        var service = service();
        assertThat(await(anju.db().inTransaction(service::load))).isEqualTo(1);
        assertThat(inForce(service, "2026-06-30").version()).isEqualTo("1");
        assertThat(inForce(service, "2026-07-01").version()).isEqualTo("2");
    }

    @Test
    void refuses_an_edit_of_rules_in_force_and_loads_nothing_of_that_folder() throws IOException {
        write("a", "1", "2026-01-01", "2026-06-30", 5);
        load();
        write("a", "1", "2026-01-01", "2026-06-30", 7);
        write("b", "2", "2026-07-01", null, 6);
        assertThatThrownBy(this::load).hasMessageContaining("never edited").hasMessageContaining(city);
        var service = service();
        assertThat(inForce(service, "2026-06-30").pipeline().get(0).days()).isEqualTo(5);
        assertThatThrownBy(() -> inForce(service, "2026-07-01")).hasMessage("no-policy-in-force");
    }

    @Test
    void a_folder_with_one_bad_file_leaves_the_running_rules_as_they_were() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        load();
        var running = service();
        write("a", "1", "2026-01-01", "2026-06-30", 5);
        write("b", "2", "2026-07-01", "2026-12-31", 6);
        write("c", "3", "2027-01-01", null, 0);
        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("c.yaml:")
                .hasMessageContaining("a whole number from 1 to 365");
        for (var service : List.of(running, new PolicyService(PolicyFolder.shipped()))) {
            assertThat(inForce(service, "2026-07-01").version()).isEqualTo("1");
            assertThat(inForce(service, "2026-07-01").effectiveTo()).isNull();
        }
    }

    @Test
    void instances_that_start_together_store_a_document_once() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        var service = service();
        var loads = Future.all(IntStream.range(0, 8)
                .mapToObj(i -> anju.db().inTransaction(service::load))
                .toList());
        assertThat(await(loads).<Integer>list()).containsExactlyInAnyOrder(1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void the_application_cannot_edit_documents() {
        Db db = anju.db();
        for (var sql : new String[] {
            "UPDATE policy.document SET version = 'x'", "DELETE FROM policy.document", "TRUNCATE policy.document"
        }) {
            assertThatThrownBy(() -> await(db.run(sql))).as(sql).hasMessageContaining("permission denied");
        }
    }

    @Test
    void nor_can_the_owner() throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            for (var sql : new String[] {
                "UPDATE policy.document SET version = 'x'",
                "UPDATE policy.document SET effective = daterange(lower(effective) - 1, NULL)",
                "DELETE FROM policy.document",
                "TRUNCATE policy.document CASCADE"
            }) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .hasMessageContaining("a policy document is never changed");
            }
        }
    }

    @Test
    void the_database_checks_digest_and_periods_by_itself() throws IOException {
        write("a", "1", "2026-01-01", null, 5);
        load();
        var insert = """
                INSERT INTO policy.document (digest, city_code, programme, version, effective, content)
                VALUES ($1, $2, 'public-rental', '9', daterange('2026-05-01', NULL), $3)
                """;
        assertThatThrownBy(() -> await(anju.db().run(insert, "0".repeat(64), "999900", "{}")))
                .hasMessageContaining("policy_digest_of_content");
        var digestOfBraces = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assertThatThrownBy(() -> await(anju.db().run(insert, digestOfBraces, city, "{}")))
                .hasMessageContaining("one_policy_at_a_time");
    }

    private PolicyService service() {
        return new PolicyService(PolicyFolder.read(root));
    }

    private int load() {
        return await(anju.db().inTransaction(service()::load));
    }

    private PolicyDocument inForce(PolicyService service, String day) {
        return await(service.inForce(anju.db(), city, PROGRAMME, LocalDate.parse(day)));
    }

    private String cityFile() {
        return """
                code: "%s"
                name: {zh: 示例市, en: Sample City}
                source: invented for the test
                districts: []
                """.formatted(city);
    }

    private void write(String file, String version, String from, @Nullable String to, int days) throws IOException {
        var text = """
                format: 1
                city: "%s"
                programme: public-rental
                version: "%s"
                title: {zh: 规则, en: Rules}
                programmeName: {zh: 公共租赁住房, en: Public rental housing}
                source: invented for the test
                asSeenAt: 2026-11
                confidence: C
                effectiveFrom: %s
                effectiveTo: %s
                eligibility: []
                documents: []
                pipeline:
                  - {id: review, kind: review, office: street, days: %d, name: {zh: 审核, en: Review}}
                deadlines: {correctionWorkingDays: 5, reReviewAskWithinDays: 60, reReviewWorkingDays: 15, waitingLimitYears: 5}
                order:
                  - {by: applied-at, direction: ascending}
                  - {by: receipt-number, direction: ascending}
                """;
        Files.writeString(
                root.resolve(city).resolve(file + ".yaml"),
                text.formatted(city, version, from, to == null ? "~" : to, days));
    }
}
