package io.anju.waitinglist;

import io.anju.platform.db.Tx;
import io.anju.waitinglist.Bands.Band;
import io.vertx.core.Future;
import io.vertx.sqlclient.data.Numeric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the bands of an order. */
final class BandStore {
    /** Each reads the registrations of its numbers, unless the order before knew them all. */
    private static final int AT_ONCE = 512;

    /**
     * A registration neither leaves nor takes another id, so the bounds of a band whose numbers were all given are those of
     * the order before.
     */
    private static final String INSERT = """
            INSERT INTO waitinglist.standing_band
                   (standing_id, run, lowest, highest, rooms, first_registration, last_registration)
            SELECT $1, one.run, one.lowest, one.highest, one.rooms,
                   coalesce(known.first_registration, ids.first_registration),
                   coalesce(known.last_registration, ids.last_registration)
              FROM unnest($6::integer[], $7::numeric[], $8::numeric[], $9::smallint[]) one (run, lowest, highest, rooms)
              LEFT JOIN waitinglist.standing_band known
                ON known.standing_id = $4::bigint AND known.run = one.run AND one.run < $5::integer
              LEFT JOIN LATERAL (
                    SELECT (array_agg(r.registration_id ORDER BY r.registration_id))[1] AS first_registration,
                           (array_agg(r.registration_id ORDER BY r.registration_id DESC))[1] AS last_registration
                      FROM waitinglist.registration r
                     WHERE r.city_code = $2
                       AND r.programme = $3
                       AND r.sequence BETWEEN one.run::bigint * 256 AND one.run::bigint * 256 + 255) ids
                ON known.run IS NULL
            """;

    /** @param before the order before, null for a list's first */
    Future<Void> insert(Tx tx, Standing standing, @Nullable Standing before, List<Band> bands) {
        Future<Void> done = Future.succeededFuture();
        for (int first = 0; first < bands.size(); first += AT_ONCE) {
            var some = bands.subList(first, Math.min(first + AT_ONCE, bands.size()));
            done = done.compose(written -> insertSome(tx, standing, before, some));
        }
        return done;
    }

    private static Future<Void> insertSome(Tx tx, Standing standing, @Nullable Standing before, List<Band> bands) {
        return tx.execute(
                        INSERT,
                        standing.id(),
                        standing.list().cityCode(),
                        standing.list().programme(),
                        before == null ? 0L : before.id(),
                        before == null ? 0 : Math.toIntExact((before.version() + 1) / Bands.NUMBERS),
                        bands.stream().map(Band::run).toArray(Integer[]::new),
                        bands.stream()
                                .map(band -> Numeric.create(band.lowest()))
                                .toArray(Numeric[]::new),
                        bands.stream()
                                .map(band -> Numeric.create(band.highest()))
                                .toArray(Numeric[]::new),
                        bands.stream().map(band -> (short) band.rooms()).toArray(Short[]::new))
                .mapEmpty();
    }
}
