package io.anju.lease;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.tables.TableSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file of homes, one after the other, with every fault and its place. Blocks: for worker threads. */
final class HomeRows implements AutoCloseable {
    /** More than a file of the size that is taken in holds, as a text. */
    static final int MOST_ROWS = 200_000;

    private static final int MOST_FINDINGS = 200;

    private final TableSource source;
    private final List<HomeColumn> columns;
    private final List<Finding> findings = new ArrayList<>();
    private int faults;
    private int number = 1;

    private HomeRows(TableSource source, List<HomeColumn> columns) {
        this.source = source;
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

    /** Reads the names of the columns; refuses those that are not known, or missing. */
    static HomeRows of(TableSource source) throws IOException {
        var head = source.next();
        return new HomeRows(source, columns(head == null ? List.of() : head));
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
            throw faulty(findings, findings.size());
        }
        return columns;
    }

    private static Refusal faulty(List<Finding> findings, int count) {
        return Refusal.of(
                LeaseProblem.FAULTY_HOMES,
                findings.stream().limit(MOST_FINDINGS).toList(),
                Map.of("count", Integer.toString(count)));
    }

    /** The next row without a fault; null after the last. Faults are counted, and the first of them kept. */
    @Nullable
    Row next() throws IOException {
        for (var fields = source.next(); fields != null; fields = source.next()) {
            number++;
            if (number > MOST_ROWS + 1) {
                throw Refusal.of(LeaseProblem.TOO_MANY_HOMES, Map.of("most", Integer.toString(MOST_ROWS)));
            }
            var row = row(fields);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private @Nullable Row row(List<String> fields) {
        var values = new EnumMap<HomeColumn, String>(HomeColumn.class);
        for (var i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), i < fields.size() ? fields.get(i).strip() : "");
        }
        var wrong = new ArrayList<Finding>();
        var row = new HomeFields(number, values, wrong).row();
        wrong.forEach(this::add);
        return wrong.isEmpty() ? row : null;
    }

    private void add(Finding finding) {
        faults++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    /** The row that was read last names a home that another one named. */
    void addTwice() {
        add(Finding.of("/rows/" + number, LeaseProblem.HOME_TWICE_IN_FILE));
    }

    /** Refuses the file where any row had a fault; after the last one. */
    void requireFaultless() {
        if (faults > 0) {
            throw faulty(findings, faults);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
