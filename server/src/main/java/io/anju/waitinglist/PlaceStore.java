package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Placed.Parts;
import io.anju.waitinglist.StandingService.ListedPlace;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of places in an order and its parts. */
final class PlaceStore {
    /** What a list has places in, beside itself. */
    enum Part {
        DISTRICT,
        HOME,
        CLASS;

        /** As the database names it. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A page under its number. */
    record Page(int run, byte[] content) {}

    static final String PLACE = """
            SELECT r.registration_id, p.rank, p.district_code, p.district_rank, p.score, p.ahead, p.frozen, p.inputs,
                   p.deferred, p.home_rooms, p.home_rank, p.priority, p.class_rank, p.moved
              FROM waitinglist.registration r, LATERAL waitinglist.place($1, r.sequence) p
             WHERE r.registration_id = $2
            """;

    Future<Optional<Placed>> place(Sql sql, long standingId, UUID registrationId) {
        return sql.find(PLACE, PlaceStore::placed, standingId, registrationId);
    }

    private static Placed placed(Row row) {
        var parts = new Parts(
                row.getInteger("home_rooms"),
                row.getInteger("home_rank"),
                row.getInteger("priority"),
                row.getInteger("class_rank"));
        return new Placed(
                StandingStore.line(row),
                parts,
                PlacePage.moved(row.getBuffer("moved").getBytes()));
    }

    private static final String RUNS = """
            SELECT width, content
              FROM waitinglist.standing_run
             WHERE standing_id = $1 AND run >= $2
             ORDER BY run
             LIMIT $3
            """;

    /** Adds the places of some pages of a generation; gives how many pages there were. */
    Future<Integer> read(Sql sql, long standingId, int fromRun, int limit, Before before) {
        return sql.run(RUNS, standingId, fromRun, limit).map(rows -> {
            rows.forEach(row ->
                    before.add(row.getInteger("width"), row.getBuffer("content").getBytes()));
            return rows.size();
        });
    }

    private static final String LISTED = """
            SELECT width, content
              FROM waitinglist.standing_run
             WHERE standing_id = $1 AND run BETWEEN $2 AND $3
             ORDER BY run
            """;

    /** The places after one rank up to another; {@code after} is a multiple of {@link PlacePage#PLACES}. */
    Future<List<ListedPlace>> listed(Sql sql, long standingId, int after, int upTo) {
        int last = (upTo - 1) / PlacePage.PLACES;
        return sql.run(LISTED, standingId, after / PlacePage.PLACES, last).map(rows -> {
            var listed = new ArrayList<ListedPlace>(upTo - after);
            rows.forEach(row -> PlacePage.list(
                    row.getInteger("width"), row.getBuffer("content").getBytes(), listed::add));
            return listed;
        });
    }

    private static final String INSERT_RUNS = """
            INSERT INTO waitinglist.standing_run (standing_id, run, width, content)
            SELECT $1, one.run, $2, one.content
              FROM unnest($3::integer[], $4::bytea[]) one (run, content)
            """;

    /** @param pages of {@link PlacePage#PLACES} places each */
    Future<Void> insertRuns(Tx tx, long standingId, List<Page> pages) {
        return tx.execute(INSERT_RUNS, standingId, (short) PlacePage.WIDTH, runs(pages), contents(pages))
                .mapEmpty();
    }

    private static final String INSERT_NUMBERS = """
            INSERT INTO waitinglist.standing_part (standing_id, part, key, run, ranks)
            SELECT $1, 'number', 0, one.run, one.ranks
              FROM unnest($2::integer[], $3::bytea[]) one (run, ranks)
            """;

    /** The rank of each registration by its number. */
    Future<Void> insertNumbers(Tx tx, long standingId, List<Page> pages) {
        return tx.execute(INSERT_NUMBERS, standingId, runs(pages), contents(pages))
                .mapEmpty();
    }

    /**
     * A page of a part of the list.
     *
     * @param frozenBefore households of the part on the pages before that are frozen
     * @param frozen by their index on this page
     */
    record PartPage(Page ranks, int frozenBefore, BitSet frozen) {}

    private static final String INSERT_PART = """
            INSERT INTO waitinglist.standing_part (standing_id, part, key, run, ranks, frozen_before, frozen)
            SELECT $1, $2, $3, one.run, one.ranks, one.frozen_before, nullif(one.frozen, ''::bytea)
              FROM unnest($4::integer[], $5::bytea[], $6::integer[], $7::bytea[]) one (run, ranks, frozen_before, frozen)
            """;

    Future<Void> insertPart(Tx tx, long standingId, Part part, int key, List<PartPage> pages) {
        var ranks = pages.stream().map(PartPage::ranks).toList();
        return tx.execute(
                        INSERT_PART,
                        standingId,
                        part.id(),
                        key,
                        runs(ranks),
                        contents(ranks),
                        pages.stream().map(PartPage::frozenBefore).toArray(Integer[]::new),
                        pages.stream()
                                .map(page -> Buffer.buffer(page.frozen().toByteArray()))
                                .toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static Integer[] runs(List<Page> pages) {
        return pages.stream().map(Page::run).toArray(Integer[]::new);
    }

    private static Buffer[] contents(List<Page> pages) {
        return pages.stream().map(page -> Buffer.buffer(page.content())).toArray(Buffer[]::new);
    }

    private static final String INSERT_DEPARTURES = """
            INSERT INTO waitinglist.departure (registration_id, standing_id, rank, home_rooms)
            SELECT r.registration_id, $1, one.rank, one.home_rooms
              FROM unnest($4::bigint[], $5::integer[], $6::integer[]) one (number, rank, home_rooms)
              JOIN waitinglist.registration r ON r.city_code = $2 AND r.programme = $3 AND r.sequence = one.number
            ON CONFLICT (registration_id) DO NOTHING
            """;

    /** Keeps the last places of those who have left since a generation. */
    Future<Void> insertDepartures(Tx tx, Standing before, List<Leaver> leavers) {
        return leavers.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                INSERT_DEPARTURES,
                                before.id(),
                                before.list().cityCode(),
                                before.list().programme(),
                                leavers.stream().map(Leaver::number).toArray(Long[]::new),
                                leavers.stream().map(Leaver::rank).toArray(Integer[]::new),
                                leavers.stream().map(Leaver::homeRooms).toArray(Integer[]::new))
                        .mapEmpty();
    }

    static final String TOTAL = """
            SELECT run * 1024 + length(ranks) / 4
              FROM waitinglist.standing_part
             WHERE standing_id = $1 AND part = $2 AND key = $3
             ORDER BY run DESC
             LIMIT 1
            """;

    static final String FROZEN = """
            SELECT frozen_before, frozen
              FROM waitinglist.standing_part
             WHERE standing_id = $1 AND part = $2 AND key = $3 AND run = $4
            """;

    /** Households before a place in a part of the list that are offered homes. */
    Future<Integer> ahead(Sql sql, long standingId, Part part, int key, int place) {
        int index = (place - 1) % PlacePage.RANKS;
        return sql.find(
                        FROZEN,
                        row -> row.getInteger(0) + frozen(row.getBuffer(1), index),
                        standingId,
                        part.id(),
                        key,
                        (place - 1) / PlacePage.RANKS)
                .map(frozen -> place - 1 - frozen.orElse(0));
    }

    private static int frozen(@Nullable Buffer bits, int before) {
        return bits == null ? 0 : BitSet.valueOf(bits.getBytes()).get(0, before).cardinality();
    }

    /** Households of a part of the list. */
    Future<Integer> total(Sql sql, long standingId, Part part, int key) {
        return sql.find(TOTAL, row -> row.getInteger(0), standingId, part.id(), key)
                .map(found -> found.orElse(0));
    }
}
