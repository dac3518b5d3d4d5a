package io.anju.identity;

import static io.anju.identity.JoinedAccounts.accessToken;
import static io.anju.identity.JoinedAccounts.complain;
import static io.anju.testing.PaperAccounts.BIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.PaperAccounts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A joining or a take-over whose database session is killed, wherever it writes, has not taken place; the same request
 * with the same key finishes it.
 */
class KilledJoiningIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final JoinedAccounts ACCOUNTS = new JoinedAccounts(anju);
    private static final PaperAccounts PAPER = new PaperAccounts(anju);
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private static final List<String> WRITTEN_BY_BOTH = List.of(
            "application.application",
            "complaint.complaint",
            "complaint.supporter",
            "rights.correction",
            "message.consent",
            "message.message",
            "identity.log_in_method",
            "identity.resident",
            "platform.audit",
            "identity.session",
            "platform.idempotency");

    /** Comes last, whatever a request does. */
    private static final String LAST = "platform.idempotency";

    private static final String WRITTEN = """
            SELECT DISTINCT written.relation::regclass::text
              FROM pg_locks waits
              JOIN pg_locks written USING (pid)
              JOIN pg_class c ON c.oid = written.relation AND c.relkind IN ('r', 'p')
             WHERE NOT waits.granted AND waits.relation = ?::regclass AND written.mode = 'RowExclusiveLock'
            """;

    /** Whoever waits to write to the table: nobody else does in these tests. */
    private static final String KILL = """
            SELECT pg_terminate_backend(waits.pid)
              FROM pg_locks waits
             WHERE NOT waits.granted AND waits.relation = ?::regclass
            """;

    /** A code is spent, from an address that is known from then on. */
    static List<String> writtenByAJoining() {
        return Stream.concat(Stream.of("identity.one_time_code", "identity.known_address"), WRITTEN_BY_BOTH.stream())
                .toList();
    }

    /** Whoever takes over is given the household of an earlier register too. */
    static List<String> writtenByATakeOver() {
        return Stream.concat(Stream.of("waitinglist.household_account"), WRITTEN_BY_BOTH.stream())
                .toList();
    }

    private final String key = UUID.randomUUID().toString();
    private final String openId = "o" + UUID.randomUUID();

    @ParameterizedTest
    @MethodSource("writtenByAJoining")
    void a_joining_that_is_killed_is_finished_by_the_same_request(String table) throws Exception {
        var number = ACCOUNTS.phone();
        var theirs = ACCOUNTS.byPhone(number);
        var draft = ACCOUNTS.draft(accessToken(theirs));
        complain(complaintOf(accessToken(theirs)));
        var mine = anju.people().logIn(openId);
        var join = anju.http()
                .request("POST", "/v1/me/log-in-methods/phone")
                .token(mine)
                .key(key)
                .body(ACCOUNTS.proof(number));

        killWhereItWrites(table, join).expect(503);

        anju.http().get("/v1/applications/" + draft, accessToken(theirs)).expect(200);
        anju.http().get("/v1/applications/" + draft, mine).expect(404);
        assertThat(audited("identity.merged", ACCOUNTS.residentId(mine))).isZero();

        var finished = join.send().expect(200);
        assertThat(join.send().expect(200).body()).isEqualTo(finished.body());
        anju.http().get("/v1/applications/" + draft, mine).expect(200);
        ACCOUNTS.isOver(theirs);
        assertThat(audited("identity.merged", ACCOUNTS.residentId(mine))).isEqualTo(1);
        ACCOUNTS.nobodyIsLost();
    }

    @ParameterizedTest
    @MethodSource("writtenByATakeOver")
    void a_take_over_that_is_killed_is_finished_by_the_same_request(String table) throws Exception {
        var person = PAPER.open();
        var account = PAPER.accountOf(person).toString();
        var onPaper = PAPER.draft(person);
        var session = anju.people().logInWithWeChat(openId);
        var before = ACCOUNTS.residentId(accessToken(session));
        var begun = ACCOUNTS.draft(accessToken(session));
        complain(complaintOf(accessToken(session)));
        var bind = anju.http()
                .request("POST", BIND)
                .token(accessToken(session))
                .key(key)
                .body(person.identity());

        killWhereItWrites(table, bind).expect(503);

        assertThat(ACCOUNTS.residentId(accessToken(session))).isEqualTo(before);
        assertThat(ACCOUNTS.residentId(anju.people().logIn(openId))).isEqualTo(before);
        anju.http().get("/v1/applications/" + begun, accessToken(session)).expect(200);
        anju.http().get("/v1/applications/" + onPaper, accessToken(session)).expect(404);
        PAPER.as(person, "GET", "/v1/applications/" + begun).send().expect(404);
        assertThat(audited("identity.taken-over", account)).isZero();

        bind.send().expect(201);
        ACCOUNTS.isOver(session);
        var me = anju.people().logIn(openId);
        assertThat(ACCOUNTS.residentId(me)).isEqualTo(account);
        anju.http()
                .request("POST", BIND)
                .token(me)
                .key(key)
                .body(person.identity())
                .send()
                .expect(201);
        for (String application : new String[] {onPaper, begun}) {
            anju.http().get("/v1/applications/" + application, me).expect(200);
        }
        assertThat(audited("identity.taken-over", account)).isEqualTo(1);
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void no_table_is_forgotten_here() throws Exception {
        var number = ACCOUNTS.phone();
        ACCOUNTS.byPhone(number);
        var join = anju.http()
                .request("POST", "/v1/me/log-in-methods/phone")
                .token(anju.people().logIn(openId))
                .body(ACCOUNTS.proof(number));
        assertThat(writtenBy(join)).containsExactlyInAnyOrderElementsOf(writtenByAJoining());
        var bind = anju.http()
                .request("POST", BIND)
                .token(anju.people().resident())
                .body(PAPER.open().identity());
        assertThat(writtenBy(bind)).containsExactlyInAnyOrderElementsOf(writtenByATakeOver());
    }

    /** Keeps the request from its last table, and gives all that it writes. */
    private static Set<String> writtenBy(ApiClient.Call call) throws SQLException {
        CompletableFuture<Answer> told;
        Set<String> written;
        try (var owner = owner();
                var lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("LOCK TABLE " + LAST + " IN SHARE MODE");
            told = call.sendAsync();
            written = awaitWaiting(owner, WRITTEN, LAST);
            owner.commit();
        }
        assertThat(told.join().status()).isIn(200, 201);
        return written;
    }

    /** Keeps the table from writers, and ends the session that comes to write; gives what the client was told. */
    private static Answer killWhereItWrites(String table, ApiClient.Call call) throws SQLException {
        CompletableFuture<Answer> told;
        try (var owner = owner();
                var lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("LOCK TABLE " + table + " IN SHARE MODE");
            told = call.sendAsync();
            awaitWaiting(owner, KILL, table);
            owner.commit();
        }
        return told.join();
    }

    /** Asks until somebody waits to write to the table. */
    private static Set<String> awaitWaiting(Connection owner, String sql, String table) throws SQLException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (System.nanoTime() < end) {
            try (var statement = owner.prepareStatement(sql)) {
                statement.setString(1, table);
                try (var rows = statement.executeQuery()) {
                    var found = new TreeSet<String>();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        throw new AssertionError("nobody came to write " + table);
    }

    private static Connection owner() throws SQLException {
        var address = anju.databaseAddress();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static ApiClient.Call complaintOf(String token) {
        return anju.http().request("POST", "/v1/complaints").token(token);
    }

    private static int audited(String action, String subject) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT count(*)::integer AS n FROM platform.audit WHERE action = $1 AND subject_id = $2",
                                row -> row.getInteger("n"),
                                action,
                                UUID.fromString(subject)))
                .orElseThrow();
    }
}
