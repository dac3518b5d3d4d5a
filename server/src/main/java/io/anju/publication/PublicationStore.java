package io.anju.publication;

import static io.anju.publication.Publication.HEX;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.publication.Publication.Line;
import io.anju.publication.Publication.Request;
import io.anju.publication.Publication.Runs;
import io.anju.waitinglist.Registration;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.StandingService.PublishedPlace;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of publications: added once, never changed. */
final class PublicationStore {
    static {
        SqlErrors.constraint("publication_once_per_period", PublicationProblem.ALREADY_PUBLISHED);
    }

    /** Held by whoever asks for or makes a publication of this list, until the transaction ends. */
    Future<Void> lockList(Tx tx, ListKey list) {
        return tx.run(
                        "SELECT pg_advisory_xact_lock(hashtextextended($1, 650))",
                        list.cityCode() + '/' + list.programme())
                .mapEmpty();
    }

    private static final String ALLOW_LONG_STATEMENTS = """
            SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)
            """;

    /** Lets this transaction's statements take the time, and sort in the memory, that a million households need. */
    Future<Void> allowLongStatements(Tx tx, long millis) {
        return tx.run(ALLOW_LONG_STATEMENTS, Long.toString(millis)).mapEmpty();
    }

    private static final String INSERT_REQUEST = """
            INSERT INTO publication.request (id, city_code, programme, period, reason, requested_by, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    Future<Void> insertRequest(Tx tx, Request request, @Nullable UUID requestedBy) {
        return tx.execute(
                        INSERT_REQUEST,
                        request.id(),
                        request.list().cityCode(),
                        request.list().programme(),
                        request.period(),
                        request.reason(),
                        requestedBy,
                        request.requestedAt().atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    private static final String UNFINISHED = """
            SELECT r.id, r.city_code, r.programme, r.period, r.reason, r.requested_at
              FROM publication.request r
             WHERE NOT EXISTS (SELECT FROM publication.publication p WHERE p.id = r.id)
             ORDER BY r.id
            """;

    /** What was asked for and is not there yet. */
    Future<List<Request>> unfinished(Sql sql) {
        return sql.list(UNFINISHED, PublicationStore::request);
    }

    private static final String HAS_PERIOD = """
            SELECT 1
              FROM publication.request
             WHERE city_code = $1 AND programme = $2 AND period = $3
            """;

    Future<Boolean> hasPeriod(Sql sql, ListKey list, String period) {
        return sql.find(HAS_PERIOD, row -> true, list.cityCode(), list.programme(), period)
                .map(Optional::isPresent);
    }

    /** A name is shown as one ideograph or letter and two stars; whatever else it begins with could mean something to a spreadsheet. */
    private static final String FREEZE = """
            INSERT INTO publication.line (publication_id, rank, registration_id, salt, content)
            SELECT $1::uuid, one.rank, one.registration_id, one.salt,
                   concat_ws(',', one.rank, one.receipt_number,
                       CASE WHEN length(one.masked_name) = 3 AND right(one.masked_name, 2) = '**'
                                 AND (ascii(one.masked_name) BETWEEN 13312 AND 57343 OR ascii(one.masked_name) > 65535
                                      OR ascii(one.masked_name) BETWEEN 65 AND 90
                                      OR ascii(one.masked_name) BETWEEN 97 AND 122)
                            THEN one.masked_name ELSE '**' END,
                       one.household_size, one.district_code, one.category, one.score,
                       coalesce(one.priority::text, ''), coalesce(one.since::text, ''),
                       coalesce(left(encode(sha256(convert_to($3::text || E'\\n' || one.receipt_number, 'UTF8')), 'hex'), 32), ''),
                       to_char(one.applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                       to_char(one.registered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                       one.deferred,
                       encode(sha256('anju-binding-1'::bytea || one.salt
                           || uuid_send(one.registration_id) || uuid_send(one.application_id)), 'hex'))
              FROM (SELECT listed.*, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS salt
                      FROM waitinglist.listed
                     WHERE listed.standing_id = $2
                     ORDER BY listed.rank) one
            """;

    /**
     * Writes the row of each household of a generation; gives how many.
     *
     * @param seed what lots are drawn with, where the order draws
     */
    Future<Integer> freeze(Tx tx, UUID publicationId, long standingId, @Nullable String seed) {
        return tx.execute(FREEZE, publicationId, standingId, seed);
    }

    private static final String LEAVES = """
            SELECT string_agg(sha256('\\x00'::bytea || convert_to(content, 'UTF8')), ''::bytea ORDER BY rank) AS leaves
              FROM publication.line
             WHERE publication_id = $1 AND rank > $2 AND rank <= $3
             GROUP BY (rank - 1) / 1024
             ORDER BY (rank - 1) / 1024
            """;

    /** The hashes of rows after one rank up to another, run by run. */
    Future<List<byte[]>> leaves(Sql sql, UUID publicationId, int after, int upTo) {
        return sql.list(LEAVES, row -> row.getBuffer("leaves").getBytes(), publicationId, after, upTo);
    }

    private static final String INSERT = """
            INSERT INTO publication.publication
                   (id, city_code, programme, period, as_of, published_at, policy_digest, total, root, runs, statement, key_id,
                    public_key, signature)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;

    Future<Void> insert(Tx tx, Publication publication, Runs runs) {
        return tx.execute(
                        INSERT,
                        publication.id(),
                        publication.list().cityCode(),
                        publication.list().programme(),
                        publication.period(),
                        publication.asOf(),
                        publication.publishedAt().atOffset(ZoneOffset.UTC),
                        publication.policyDigest(),
                        publication.total(),
                        bytes(publication.root()),
                        Buffer.buffer(runs.roots()),
                        publication.statement(),
                        publication.keyId(),
                        bytes(publication.publicKey()),
                        bytes(publication.signature()))
                .mapEmpty();
    }

    private static final String COLUMNS = """
            SELECT p.id, p.city_code, p.programme, p.period, p.as_of, p.published_at, p.policy_digest, p.total, p.root,
                   p.statement, p.key_id, p.public_key, p.signature
              FROM publication.publication p
            """;

    private static final String BY_ID = COLUMNS + " WHERE p.id = $1";

    Future<Optional<Publication>> byId(Sql sql, UUID id) {
        return sql.find(BY_ID, PublicationStore::publication, id);
    }

    private static final String LIST = COLUMNS + """
             WHERE p.city_code = $1 AND p.programme = $2 AND ($3::uuid IS NULL OR p.id < $3)
             ORDER BY p.id DESC
             LIMIT $4
            """;

    /** Publications of a list, newest first. */
    Future<List<Publication>> list(Sql sql, ListKey list, @Nullable UUID before, int limit) {
        return sql.list(LIST, PublicationStore::publication, list.cityCode(), list.programme(), before, limit);
    }

    private static final String PAGE = """
            SELECT content
              FROM publication.line
             WHERE publication_id = $1 AND rank > $2 AND rank <= $3
             ORDER BY rank
            """;

    /** The texts of the rows after one rank up to another. */
    Future<List<String>> page(Sql sql, UUID publicationId, int after, int upTo) {
        return sql.list(PAGE, row -> row.getString(0), publicationId, after, upTo);
    }

    private static final String LINE = """
            SELECT rank, salt, content
              FROM publication.line
             WHERE publication_id = $1 AND registration_id = $2
            """;

    Future<Optional<Line>> line(Sql sql, UUID publicationId, UUID registrationId) {
        return sql.find(
                LINE,
                row -> new Line(row.getInteger("rank"), row.getBuffer("salt").getBytes(), row.getString("content")),
                publicationId,
                registrationId);
    }

    private static final String RUNS = """
            SELECT runs
              FROM publication.publication
             WHERE id = $1
            """;

    Future<Runs> runs(Sql sql, UUID publicationId) {
        return sql.find(RUNS, row -> new Runs(row.getBuffer(0).getBytes()), publicationId)
                .map(Optional::orElseThrow);
    }

    private static final String PLACE = """
            SELECT newest.id, newest.period, newest.as_of, newest.total, line.rank
              FROM (SELECT p.id, p.period, p.as_of, p.total
                      FROM publication.publication p
                     WHERE p.city_code = $1 AND p.programme = $2
                     ORDER BY p.id DESC
                     LIMIT 1) newest
              JOIN publication.line line ON line.publication_id = newest.id AND line.registration_id = $3
            """;

    /** Where the newest publication of its list shows a household, if it does. */
    Future<Optional<PublishedPlace>> place(Sql sql, Registration registration) {
        return sql.find(
                PLACE,
                row -> new PublishedPlace(
                        row.getUUID("id"),
                        row.getString("period"),
                        row.getLocalDate("as_of"),
                        row.getInteger("rank"),
                        row.getInteger("total")),
                registration.list().cityCode(),
                registration.list().programme(),
                registration.id());
    }

    private static Request request(Row row) {
        Instant requestedAt = row.getOffsetDateTime("requested_at").toInstant();
        return new Request(
                row.getUUID("id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getString("period"),
                row.getString("reason"),
                requestedAt);
    }

    private static Publication publication(Row row) {
        return new Publication(
                row.getUUID("id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getString("period"),
                row.getLocalDate("as_of"),
                row.getOffsetDateTime("published_at").toInstant(),
                row.getString("policy_digest"),
                row.getInteger("total"),
                hex(row, "root"),
                row.getString("statement"),
                row.getString("key_id"),
                hex(row, "public_key"),
                hex(row, "signature"));
    }

    private static String hex(Row row, String column) {
        return HEX.formatHex(row.getBuffer(column).getBytes());
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HEX.parseHex(hex));
    }
}
