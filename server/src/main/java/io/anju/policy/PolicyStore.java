package io.anju.policy;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code policy.document}. */
final class PolicyStore {
    private static final String FIND_IN_FORCE = """
            SELECT digest, upper(effective) - 1 AS effective_to
              FROM policy.document
             WHERE city_code = $1 AND programme = $2 AND effective @> $3::date
            """;

    private static final String KNOWS = """
            SELECT 1
              FROM policy.document
             WHERE city_code = $1 AND programme = $2
             LIMIT 1
            """;

    private static final String LIST_IN_FORCE = """
            SELECT digest, upper(effective) - 1 AS effective_to
              FROM policy.document
             WHERE ($1::text IS NULL OR city_code = $1) AND effective @> $2::date
             ORDER BY city_code, programme
            """;

    private static final String BROWSE = """
            SELECT digest, upper(effective) - 1 AS effective_to
              FROM policy.document
             WHERE ($1::text IS NULL OR city_code = $1)
               AND ($2::text IS NULL OR programme = $2)
               AND ($3::date IS NULL OR effective @> $3)
               AND ($4::text IS NULL OR (city_code, programme, lower(effective)) > ($4, $5::text, $6::date))
             ORDER BY city_code, programme, lower(effective)
             LIMIT $7
            """;

    private static final String FIND_BY_DIGEST = """
            SELECT digest, upper(effective) - 1 AS effective_to
              FROM policy.document
             WHERE digest = $1
            """;

    private static final String FIND_CONTENT = """
            SELECT content
              FROM policy.document
             WHERE digest = $1
            """;

    /** Rules that are there already are left as they are; a different rule in their place breaks a constraint. */
    private static final String INSERT = """
            INSERT INTO policy.document (digest, city_code, programme, version, effective, content)
            VALUES ($1, $2, $3, $4, daterange($5, $6, '[]'), $7)
            """;

    /** What stands in the way of a new document: another of its name, or one in force during its period. */
    private static final String FIND_CONFLICT = """
            SELECT version
              FROM policy.document
             WHERE city_code = $1 AND programme = $2 AND digest <> $3
               AND (version = $4 OR effective && daterange($5, $6, '[]'))
             ORDER BY lower(effective)
             LIMIT 1
            """;

    private static final String END_PERIOD = "SELECT policy.end_period($1, $2)";

    /** Loads of several instances that start together follow one another. */
    private static final String LOCK_LOADING = "SELECT pg_advisory_xact_lock(hashtext('policy.document'))";

    /** Which rules, and until when; the end lives in the row, not in the content. */
    record InForce(String digest, @Nullable LocalDate effectiveTo) {}

    Future<Boolean> knows(Sql sql, String cityCode, String programme) {
        return sql.find(KNOWS, row -> row, cityCode, programme).map(Optional::isPresent);
    }

    Future<Optional<InForce>> findInForce(Sql sql, String cityCode, String programme, LocalDate day) {
        return sql.find(FIND_IN_FORCE, PolicyStore::inForce, cityCode, programme, day);
    }

    Future<List<InForce>> listInForce(Sql sql, @Nullable String cityCode, LocalDate day) {
        return sql.list(LIST_IN_FORCE, PolicyStore::inForce, cityCode, day);
    }

    /** Versions past, in force and coming, after a place of their order. */
    Future<List<InForce>> browse(Sql sql, PolicyFilter filter, @Nullable PolicyPlace after, int limit) {
        return sql.list(
                BROWSE,
                PolicyStore::inForce,
                filter.cityCode(),
                filter.programme(),
                filter.on(),
                after == null ? null : after.cityCode(),
                after == null ? null : after.programme(),
                after == null ? null : after.effectiveFrom(),
                limit);
    }

    Future<Optional<InForce>> findByDigest(Sql sql, String digest) {
        return sql.find(FIND_BY_DIGEST, PolicyStore::inForce, digest);
    }

    Future<Optional<String>> findContent(Sql sql, String digest) {
        return sql.find(FIND_CONTENT, row -> row.getString("content"), digest);
    }

    Future<Void> lockLoading(Sql sql) {
        return sql.execute(LOCK_LOADING).mapEmpty();
    }

    Future<Optional<String>> findConflict(Sql sql, PolicyDocument document) {
        return sql.find(
                FIND_CONFLICT,
                row -> row.getString("version"),
                document.cityCode(),
                document.programme(),
                document.digest(),
                document.version(),
                document.effectiveFrom(),
                document.effectiveTo());
    }

    private static final String PERIODS = """
            SELECT digest, version, lower(effective) AS effective_from, upper(effective) - 1 AS effective_to
              FROM policy.document
             WHERE city_code = $1 AND programme = $2
             ORDER BY lower(effective)
            """;

    /** Every version of a programme; a city issues a few in a year at most. */
    Future<List<Succession.Period>> periods(Sql sql, String cityCode, String programme) {
        return sql.list(PERIODS, PolicyStore::period, cityCode, programme);
    }

    private static Succession.Period period(Row row) {
        return new Succession.Period(
                row.getString("digest"),
                row.getString("version"),
                row.getLocalDate("effective_from"),
                row.getLocalDate("effective_to"));
    }

    Future<Void> insert(Sql sql, PolicyDocument document) {
        return sql.execute(
                        INSERT,
                        document.digest(),
                        document.cityCode(),
                        document.programme(),
                        document.version(),
                        document.effectiveFrom(),
                        document.effectiveTo(),
                        document.content())
                .mapEmpty();
    }

    Future<Void> endPeriod(Sql sql, String digest, LocalDate lastDay) {
        return sql.execute(END_PERIOD, digest, lastDay).mapEmpty();
    }

    private static InForce inForce(Row row) {
        return new InForce(row.getString("digest"), row.getLocalDate("effective_to"));
    }
}
