package io.anju.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two forms of a downloaded publication. Both are made of lines that end with a line feed: a few of the head, one
 * for each row, and in JSON one at the end. Every byte is given by the statement, the signature and the rows.
 */
enum Form {
    CSV("text/csv", "csv") {
        @Override
        List<String> head(String statement, String signature) {
            return List.of(STATEMENT_MARK + statement, SIGNATURE_MARK + signature, String.join(",", Column.labels()));
        }

        @Override
        String row(Row row, boolean isLast) {
            return row.text();
        }

        @Override
        Optional<Row> parse(String line, boolean isLast) {
            return Row.parse(line);
        }

        @Override
        List<String> tail() {
            return List.of();
        }
    },
    JSON("application/json", "json") {
        @Override
        List<String> head(String statement, String signature) {
            return List.of("{\"statement\":" + statement + ",", "\"signature\":\"" + signature + "\",", "\"lines\":[");
        }

        @Override
        String row(Row row, boolean isLast) {
            var text = new StringBuilder("{");
            for (var column : Column.values()) {
                var quote = column.isWholeNumber() ? "" : "\"";
                text.append(column == Column.RANK ? "" : ",")
                        .append('"')
                        .append(column.label())
                        .append("\":")
                        .append(quote)
                        .append(row.get(column))
                        .append(quote);
            }
            return text.append(isLast ? "}" : "},").toString();
        }

        @Override
        Optional<Row> parse(String line, boolean isLast) {
            var values = new ArrayList<String>();
            int at = 1;
            for (var column : Column.values()) {
                var quote = column.isWholeNumber() ? "" : "\"";
                int from = at + column.label().length() + 3 + quote.length();
                at = column == Column.BINDING ? line.lastIndexOf('}') : line.indexOf(",\"", from);
                if (at < from + quote.length()) {
                    return Optional.empty();
                }
                values.add(line.substring(from, at - quote.length()));
                at++;
            }
            // whatever else the line holds shows where it is not what this row is written as
            return Row.ofValues(values).filter(row -> row(row, isLast).equals(line));
        }

        @Override
        List<String> tail() {
            return List.of("]}");
        }
    };

    /** The byte order mark tells spreadsheets that the file is UTF-8. */
    static final String STATEMENT_MARK = "\ufeff#statement ";

    static final String SIGNATURE_MARK = "#signature ";
    static final int HEAD_LINES = 3;

    private final String mediaType;
    private final String extension;

    Form(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    abstract List<String> head(String statement, String signature);

    abstract String row(Row row, boolean isLast);

    /** Reads a row's line; none where it is anything but what {@link #row} writes. */
    abstract Optional<Row> parse(String line, boolean isLast);

    abstract List<String> tail();

    /** The form that begins with this line. */
    static Optional<Form> of(String firstLine) {
        return firstLine.startsWith(STATEMENT_MARK)
                ? Optional.of(CSV)
                : firstLine.startsWith("{\"statement\":") ? Optional.of(JSON) : Optional.empty();
    }

    /** The statement's own text in the first line. */
    Optional<String> statement(String line) {
        return this == CSV ? between(line, STATEMENT_MARK, "") : between(line, "{\"statement\":", ",");
    }

    /** The signature in the second line. */
    Optional<String> signature(String line) {
        return this == CSV ? between(line, SIGNATURE_MARK, "") : between(line, "\"signature\":\"", "\",");
    }

    private static Optional<String> between(String line, String before, String after) {
        return line.startsWith(before) && line.endsWith(after) && line.length() >= before.length() + after.length()
                ? Optional.of(line.substring(before.length(), line.length() - after.length()))
                : Optional.empty();
    }
}
