package io.anju.publication;

import java.util.List;
import java.util.Optional;

/**
 * One household's row. Its text, the values with commas between them, is what a leaf of the tree holds; no value holds
 * anything that would have to be escaped.
 */
record Row(List<String> values) {
    private static final Column[] COLUMNS = Column.values();

    Row {
        values = List.copyOf(values);
    }

    /** Reads a row's text; none where it does not hold one allowed value for each column. */
    static Optional<Row> parse(String text) {
        return ofValues(List.of(text.split(",", -1)));
    }

    static Optional<Row> ofValues(List<String> values) {
        if (values.size() != COLUMNS.length) {
            return Optional.empty();
        }
        for (var column : COLUMNS) {
            if (!column.accepts(values.get(column.ordinal()))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Row(values));
    }

    String get(Column column) {
        return values.get(column.ordinal());
    }

    String text() {
        return String.join(",", values);
    }
}
