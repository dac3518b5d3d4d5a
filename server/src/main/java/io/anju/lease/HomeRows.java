package io.anju.lease;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.tables.TableSource;
import io.anju.platform.tables.TableValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file of homes whole, or refuses it with every fault and its place. */
final class HomeRows {
    static final int MOST_ROWS = 50_000;

    private static final int MOST_FINDINGS = 200;
    private static final int MOST_AREA_SQM = 1_000;
    private static final int MOST_YUAN_PER_SQM = 10_000;
    private static final int MOST_ROOMS = 9;
    private static final int FEN_PER_YUAN = 100;
    private static final Map<HomeColumn, Integer> MOST_CHARS = Map.of(
            HomeColumn.ESTATE_NAME, 60, HomeColumn.PROVIDER, 60, HomeColumn.BUILDING, 40, HomeColumn.HOME_NUMBER, 40);

    private final List<HomeColumn> columns;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();

    private HomeRows(List<HomeColumn> columns) {
        this.columns = columns;
    }

    /** @param rates null where the row says nothing of them */
    record Row(
            String estateName,
            String provider,
            String building,
            String number,
            BigDecimal areaSqm,
            int rooms,
            @Nullable Rates rates) {}

    record Rates(
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Long projectStandardFen,
            @Nullable Long marketRentFen) {}

    /** Blocks: for worker threads. */
    static List<Row> read(TableSource source) {
        try {
            var head = source.next();
            var reader = new HomeRows(columns(head == null ? List.of() : head));
            var number = 1;
            for (var fields = source.next(); fields != null; fields = source.next()) {
                number++;
                if (number > MOST_ROWS + 1) {
                    throw Refusal.of(LeaseProblem.TOO_MANY_HOMES, Map.of("most", Integer.toString(MOST_ROWS)));
                }
                reader.add(number, fields);
            }
            return reader.result();
        } catch (IOException e) {
            throw Refusal.of(LeaseProblem.HOMES_UNREADABLE);
        }
    }

    private static List<HomeColumn> columns(List<String> head) {
        var columns = new ArrayList<HomeColumn>();
        var findings = new ArrayList<Finding>();
        for (var i = 0; i < head.size(); i++) {
            var column = HomeColumn.find(head.get(i));
            var pointer = "/rows/1/columns/" + (i + 1);
            if (column.isEmpty()) {
                findings.add(Finding.of(pointer, LeaseProblem.HOME_COLUMN_UNKNOWN));
            } else if (columns.contains(column.get())) {
                findings.add(Finding.of(pointer, LeaseProblem.HOME_COLUMN_TWICE));
            }
            column.ifPresent(columns::add);
        }
        for (var column : HomeColumn.values()) {
            if (column.isRequired() && !columns.contains(column)) {
                findings.add(
                        new Finding("/rows/1", LeaseProblem.HOME_COLUMN_MISSING, Map.of("column", column.label())));
            }
        }
        if (!findings.isEmpty()) {
            throw faulty(findings);
        }
        return columns;
    }

    private static Refusal faulty(List<Finding> findings) {
        return Refusal.of(
                LeaseProblem.FAULTY_HOMES,
                findings.stream().limit(MOST_FINDINGS).toList(),
                Map.of("count", Integer.toString(findings.size())));
    }

    private List<Row> result() {
        if (!findings.isEmpty()) {
            throw faulty(findings);
        }
        return List.copyOf(rows);
    }

    private void add(int number, List<String> fields) {
        var values = new EnumMap<HomeColumn, String>(HomeColumn.class);
        for (var i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), i < fields.size() ? fields.get(i).strip() : "");
        }
        var before = findings.size();
        var row = new Fields(number, values).row();
        if (row == null || findings.size() > before) {
            return;
        }
        if (!seen.add(List.of(row.estateName(), row.building(), row.number()))) {
            findings.add(Finding.of("/rows/" + number, LeaseProblem.HOME_TWICE_IN_FILE));
        }
        rows.add(row);
    }

    /** The fields of one row; what is wrong is written down. */
    private final class Fields {
        private final int number;
        private final Map<HomeColumn, String> values;

        Fields(int number, Map<HomeColumn, String> values) {
            this.number = number;
            this.values = new HashMap<>(values);
        }

        @Nullable
        Row row() {
            var estate = text(HomeColumn.ESTATE_NAME);
            var provider = text(HomeColumn.PROVIDER);
            var building = text(HomeColumn.BUILDING);
            var home = text(HomeColumn.HOME_NUMBER);
            var area = number(HomeColumn.AREA_SQM, MOST_AREA_SQM);
            var rooms = number(HomeColumn.ROOMS, MOST_ROOMS);
            var rates = rates();
            if (area != null && area.signum() == 0) {
                wrong(HomeColumn.AREA_SQM);
            }
            if (rooms != null && (rooms.scale() > 0 || rooms.signum() == 0)) {
                wrong(HomeColumn.ROOMS);
            }
            return area == null || rooms == null
                    ? null
                    : new Row(estate, provider, building, home, area, rooms.intValue(), rates);
        }

        private @Nullable Rates rates() {
            var standard = number(HomeColumn.PROJECT_STANDARD, MOST_YUAN_PER_SQM);
            var market = number(HomeColumn.MARKET_RENT, MOST_YUAN_PER_SQM);
            var from = day(HomeColumn.RATES_FROM);
            var to = day(HomeColumn.RATES_TO);
            if (standard == null && market == null) {
                return null;
            }
            if (from == null || (to != null && to.isBefore(from))) {
                wrong(from == null ? HomeColumn.RATES_FROM : HomeColumn.RATES_TO);
                return null;
            }
            return new Rates(from, to, fen(standard), fen(market));
        }

        private static @Nullable Long fen(@Nullable BigDecimal yuan) {
            return yuan == null
                    ? null
                    : yuan.multiply(BigDecimal.valueOf(FEN_PER_YUAN)).longValueExact();
        }

        private String text(HomeColumn column) {
            var text = values.getOrDefault(column, "");
            if (text.isEmpty()
                    || text.length() > MOST_CHARS.getOrDefault(column, 0)
                    || text.chars().anyMatch(Character::isISOControl)) {
                wrong(column);
            }
            return text;
        }

        private @Nullable BigDecimal number(HomeColumn column, int most) {
            var text = values.getOrDefault(column, "");
            if (text.isEmpty() && !column.isRequired()) {
                return null;
            }
            var number = TableValues.number(text, most);
            if (number == null) {
                wrong(column);
            }
            return number;
        }

        private @Nullable LocalDate day(HomeColumn column) {
            var text = values.getOrDefault(column, "");
            var day = text.isEmpty() ? null : TableValues.day(text);
            if (day == null && !text.isEmpty()) {
                wrong(column);
            }
            return day;
        }

        private void wrong(HomeColumn column) {
            findings.add(new Finding(
                    "/rows/" + number + "/" + column.label(),
                    LeaseProblem.HOME_FIELD_WRONG,
                    Map.of("row", Integer.toString(number), "column", column.label())));
        }
    }
}
