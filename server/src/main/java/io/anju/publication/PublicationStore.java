package io.anju.publication;

import static io.anju.publication.Publication.HEX;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.publication.Entries.Packed;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private static final String ALLOW_LONG_WORK = """
            SELECT set_config('idle_in_transaction_session_timeout', $1, true)
            """;

    /** Lets this transaction wait for the program, which writes and hashes rows between two statements. */
    Future<Void> allowLongWork(Tx tx, long millis) {
        return tx.run(ALLOW_LONG_WORK, Long.toString(millis)).mapEmpty();
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
    private static final String ENTRIES = """
            SELECT string_agg(int8send(number) || uuid_send(registration_id) || uuid_send(application_id)
                       || timestamptz_send(applied_at) || timestamptz_send(registered_at), ''::bytea ORDER BY number) AS fixed,
                   string_agg(concat_ws(',', receipt_number,
                       CASE WHEN length(masked_name) = 3 AND right(masked_name, 2) = '**'
                                 AND (ascii(masked_name) BETWEEN 13312 AND 57343 OR ascii(masked_name) > 65535
                                      OR ascii(masked_name) BETWEEN 65 AND 90 OR ascii(masked_name) BETWEEN 97 AND 122)
                            THEN masked_name ELSE '**' END,
                       household_size, category), E'\n' ORDER BY number) AS texts
              FROM waitinglist.entry
             WHERE city_code = $1 AND programme = $2 AND number >= $3 AND number < $4
            """;

    /** The entries of registrations from one number up to another. */
    Future<Packed> entries(Sql sql, ListKey list, long from, long upTo) {
        return sql.find(ENTRIES, PublicationStore::packed, list.cityCode(), list.programme(), from, upTo)
                .map(Optional::orElseThrow);
    }

    private static Packed packed(Row row) {
        var fixed = row.getBuffer("fixed");
        return fixed == null ? Packed.NONE : new Packed(fixed.getBytes(), row.getString("texts"));
    }

    /** What newer facts of a household say instead of its entry. */
    record NewerEntry(int householdSize, String category) {}

    private static final String NEWER_ENTRIES = """
            SELECT inputs, household_size, category
              FROM waitinglist.newer_entry
             WHERE city_code = $1 AND programme = $2 AND inputs = ANY($3)
            """;

    /** By the numbers of the facts. */
    Future<Map<Long, NewerEntry>> newerEntries(Sql sql, ListKey list, Set<Long> inputs) {
        return sql.list(
                        NEWER_ENTRIES,
                        row -> Map.entry(
                                row.getLong("inputs"),
                                new NewerEntry(row.getInteger("household_size"), row.getString("category"))),
                        list.cityCode(),
                        list.programme(),
                        inputs.toArray(Long[]::new))
                .map(found -> found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static final String INSERT_RUNS = """
            INSERT INTO publication.run (publication_id, run, content, salts)
            SELECT $1, one.run, one.content, one.salts
              FROM unnest($2::integer[], $3::bytea[], $4::bytea[]) one (run, content, salts)
            """;

    Future<Void> insertRuns(Tx tx, UUID publicationId, List<Run> runs) {
        return tx.execute(
                        INSERT_RUNS,
                        publicationId,
                        runs.stream().map(Run::number).toArray(Integer[]::new),
                        runs.stream().map(run -> Buffer.buffer(run.content())).toArray(Buffer[]::new),
                        runs.stream().map(run -> Buffer.buffer(run.salts())).toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static final String INSERT_PLACES = """
            INSERT INTO publication.place (publication_id, run, ranks)
            SELECT $1, $2::integer + one.run - 1, one.ranks
              FROM unnest($3::bytea[]) WITH ORDINALITY one (ranks, run)
            """;

    /** @param ranks by number, as {@link #rank} reads them, from this run on */
    Future<Void> insertPlaces(Tx tx, UUID publicationId, int firstRun, List<byte[]> ranks) {
        return tx.execute(
                        INSERT_PLACES,
                        publicationId,
                        firstRun,
                        ranks.stream().map(Buffer::buffer).toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static final String RUN = """
            SELECT run, content, salts
              FROM publication.run
             WHERE publication_id = $1 AND run = $2
            """;

    Future<Optional<Run>> run(Sql sql, UUID publicationId, int run) {
        return sql.find(
                RUN,
                row -> new Run(
                        row.getInteger("run"),
                        row.getBuffer("content").getBytes(),
                        row.getBuffer("salts").getBytes()),
                publicationId,
                run);
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

    private static final String RANK = """
            SELECT coalesce(nullif(substr(ranks, ($2::bigint % 1024)::integer * 4 + 1, 4), ''), '\\x00000000')::integer AS rank
              FROM publication.place
             WHERE publication_id = $1 AND run = $2 / 1024
            """;

    /** The rank of the registration with a number, if the publication shows it. */
    Future<Optional<Integer>> rank(Sql sql, UUID publicationId, long number) {
        return sql.find(RANK, row -> row.getInteger(0), publicationId, number)
                .map(found -> found.filter(rank -> rank > 0));
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

    /** Where the newest publication of its list shows a household, if it does. */
    Future<Optional<PublishedPlace>> place(Sql sql, Registration registration) {
        return list(sql, registration.list(), null, 1)
                .compose(newest -> newest.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : rank(sql, newest.get(0).id(), registration.sequence())
                                .map(found -> found.map(rank -> place(newest.get(0), rank))));
    }

    private static PublishedPlace place(Publication publication, int rank) {
        return new PublishedPlace(
                publication.id(), publication.period(), publication.asOf(), rank, publication.total());
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
