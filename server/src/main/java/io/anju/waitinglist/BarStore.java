package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who may not apply under a programme for some time. */
final class BarStore {
    private static final String INSERT = """
            INSERT INTO waitinglist.bar (registration_id, person_index, city_code, programme, barred_until, recorded_at)
            SELECT $1, person, $2, $3, $4, $5
              FROM unnest($6::bytea[]) person
            """;

    Future<Void> insert(Tx tx, UUID registrationId, ListKey list, List<Buffer> persons, LocalDate until, Instant now) {
        return tx.execute(
                        INSERT,
                        registrationId,
                        list.cityCode(),
                        list.programme(),
                        until,
                        now.atOffset(ZoneOffset.UTC),
                        persons.toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static final String BARRED = """
            SELECT person_index, max(barred_until) AS barred_until
              FROM waitinglist.bar
             WHERE city_code = $1 AND programme = $2 AND person_index = ANY ($3) AND barred_until >= $4
             GROUP BY person_index
            """;

    /** Those of the persons who are barred on the day, each with the last day of it. */
    Future<Map<Buffer, LocalDate>> barred(Sql sql, ListKey list, List<Buffer> persons, LocalDate day) {
        return sql.list(
                        BARRED,
                        row -> Map.entry(row.getBuffer("person_index"), row.getLocalDate("barred_until")),
                        list.cityCode(),
                        list.programme(),
                        persons.toArray(Buffer[]::new),
                        day)
                .map(found -> found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
