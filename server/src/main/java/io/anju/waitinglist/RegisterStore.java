package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.http.Area;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The register as staff leaf through it. A statement asks for what was asked and for nothing else, so that each filter is
 * a walk along an index, on a list of any length.
 */
final class RegisterStore {
    /**
     * What staff look for; absent parts do not narrow.
     *
     * @param state as the contract names it
     */
    record Filter(
            Area area,
            @Nullable String programme,
            @Nullable String state,
            @Nullable String exitType,
            @Nullable String receiptNumber,
            Traits traits,
            @Nullable UUID before,
            int limit) {}

    /** What households are narrowed down by beside where they are. */
    record Traits(
            @Nullable String receiptPrefix,
            @Nullable String category,
            @Nullable Integer householdSize,
            @Nullable Integer homeRooms,
            @Nullable BigDecimal scoreFrom,
            @Nullable BigDecimal scoreTo,
            @Nullable LocalDate registeredFrom,
            @Nullable LocalDate registeredTo) {
        boolean areOfTheOrder() {
            return homeRooms != null || scoreFrom != null || scoreTo != null;
        }
    }

    /** A registration with its line in the newest generation, where it has one. */
    record Listed(Registration registration, Standing.@Nullable Line line) {}

    /** A page of the register; what is shown of it is read for these rows alone. */
    private static final String PAGE = """
            WITH page AS MATERIALIZED (
                SELECT k.registration_id
                  FROM waitinglist.register k
            """;

    /** In the newest orders of the city's lists, of which a city has few. */
    private static final String IN_AN_ORDER = """
            k.registration_id = ANY (ARRAY(
                SELECT r.registration_id
                  FROM waitinglist.list l
                 CROSS JOIN LATERAL (
                        SELECT s.standing_id
                          FROM waitinglist.standing s
                         WHERE s.city_code = l.city_code AND s.programme = l.programme
                         ORDER BY s.standing_id DESC
                         LIMIT 1) newest
                 CROSS JOIN LATERAL waitinglist.numbers(newest.standing_id, $%d, $%d, $%d) number
                  JOIN waitinglist.registration r
                    ON r.city_code = l.city_code AND r.programme = l.programme AND r.sequence = number
                 WHERE l.city_code = $1))
            """;

    private static final String SHOWN = """
            )
            SELECT r.registration_id, r.application_id, r.resident_id, r.city_code, r.programme, r.sequence, r.area_code,
                   r.receipt_number, r.masked_name, r.household_size, r.category, r.applied_at, r.qualified_on,
                   r.registered_on, r.policy_digest, r.effective_on, r.waivers, r.freeze_type, r.frozen_from, r.exit_type,
                   r.occurred_on, r.recorded_at,
                   line.rank, line.district_code, line.district_rank, line.score, line.ahead, line.frozen, line.inputs,
                   line.deferred
              FROM page
              JOIN waitinglist.household r USING (registration_id)
              LEFT JOIN LATERAL (
                    SELECT s.standing_id
                      FROM waitinglist.standing s
                     WHERE s.city_code = r.city_code AND s.programme = r.programme
                     ORDER BY s.standing_id DESC
                     LIMIT 1) newest ON r.exit_type IS NULL
              LEFT JOIN LATERAL waitinglist.place(newest.standing_id, r.sequence) line ON true
             ORDER BY r.registration_id DESC
            """;

    Future<List<Listed>> list(Sql sql, Filter filter) {
        var query = query(filter);
        return sql.list(query.text(), RegisterStore::listed, query.values());
    }

    /** A statement and its values. */
    record Query(String text, @Nullable Object[] values) {}

    static Query query(Filter filter) {
        var asked = new Asked();
        asked.that("k.city_code = ", filter.area().cityCode());
        asked.where("k.programme = ", filter.programme());
        inArea(asked, filter);
        inState(asked, filter);
        var traits = filter.traits();
        asked.where("k.receipt_number = ", filter.receiptNumber());
        var prefix = traits.receiptPrefix();
        if (prefix != null) {
            // a range, because an index knows no beginnings
            asked.that("k.receipt_number >= ", prefix);
            asked.that("k.receipt_number < ", prefix + '\u007f');
        }
        asked.where("k.category = ", traits.category());
        asked.where("k.household_size = ", traits.householdSize());
        asked.where("k.registered_on >= ", traits.registeredFrom());
        asked.where("k.registered_on <= ", traits.registeredTo());
        if (traits.areOfTheOrder()) {
            int first = asked.values.size() + 1;
            asked.values.addAll(Arrays.asList(traits.scoreFrom(), traits.scoreTo(), traits.homeRooms()));
            asked.that(IN_AN_ORDER.formatted(first, first + 1, first + 2));
        }
        asked.where("k.registration_id < ", filter.before());
        asked.values.add(filter.limit());
        var text = PAGE
                + " WHERE " + String.join("\n AND ", asked.conditions)
                + "\n ORDER BY k.registration_id DESC LIMIT $" + asked.values.size() + '\n'
                + SHOWN;
        return new Query(text, asked.values.toArray());
    }

    /** A city's own code is no narrower than the city; below it each level has an index of its own. */
    private static void inArea(Asked asked, Filter filter) {
        var prefix = filter.area().code();
        if (filter.area().cityCode().startsWith(prefix)) {
            return;
        }
        switch (prefix.length()) {
            case DISTRICT -> asked.that("left(k.area_code, 6) = ", prefix);
            case STREET -> asked.that("left(k.area_code, 9) = ", prefix);
            case COMMUNITY -> asked.that("k.area_code = ", prefix);
            default -> asked.that("starts_with(k.area_code, ", prefix, ")");
        }
    }

    /** Written out, as few are frozen or have left, and the indexes hold only those. */
    private static void inState(Asked asked, Filter filter) {
        if (filter.state() != null) {
            switch (filter.state()) {
                case "frozen" -> asked.that("k.state = 'frozen'");
                case "exited" -> asked.that("k.state = 'exited'");
                default -> asked.that("k.state = 'waiting'");
            }
        }
        asked.where("k.exit_type = ", filter.exitType());
    }

    private static final int DISTRICT = 6;
    private static final int STREET = 9;
    private static final int COMMUNITY = 12;

    /** Conditions on their way to a statement. */
    private static final class Asked {
        private final List<String> conditions = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        void that(String condition) {
            conditions.add(condition);
        }

        void that(String before, Object value, String... after) {
            values.add(value);
            conditions.add(before + '$' + values.size() + String.join("", after));
        }

        void where(String before, @Nullable Object value) {
            if (value != null) {
                that(before, value);
            }
        }
    }

    private static Listed listed(Row row) {
        var rank = row.getInteger("rank");
        var registration = WaitingListStore.registration(row);
        return new Listed(registration, rank == null ? null : StandingStore.line(row));
    }
}
