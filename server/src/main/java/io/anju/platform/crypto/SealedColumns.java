package io.anju.platform.crypto;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.anju.platform.problem.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every column of bytes in the database is, as each domain declares it in {@code sealed/<domain>.yaml}: a sealed
 * field, a blind index, or something that no key makes. A test holds the declarations against the database, so a new
 * column cannot be forgotten when keys are rotated.
 */
public final class SealedColumns {
    /**
     * A column of sealed fields.
     *
     * @param table in the database, with its schema
     * @param name in the database
     * @param rowSql gives the id of the row that a field is bound to
     * @param boundTable the table that fields are bound to; another one where rows are staged
     * @param boundColumnSql gives the column that fields are bound to
     * @param isKept whether rows are never changed: fields are sealed in the form that lets the database check this
     */
    public record Column(
            String table, String name, String rowSql, String boundTable, String boundColumnSql, boolean isKept) {
        /** Table and column, as logs and operators name it. */
        public String place() {
            return table + "." + name;
        }
    }

    private record Source(
            @Nullable String row,
            @Nullable String table,
            @JsonProperty("column-sql") @Nullable String columnSql,
            boolean kept) {}

    private record Domain(
            @Nullable Map<String, @Nullable Source> sealed,
            @Nullable List<String> index,
            @Nullable Map<String, String> other) {}

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final SealedColumns DECLARED = load();

    private final List<Column> columns = new ArrayList<>();
    private final Set<String> indexes = new HashSet<>();
    private final Map<String, String> others = new HashMap<>();
    private final Map<String, List<String>> kept = new HashMap<>();

    private SealedColumns() {}

    /** All declarations. */
    public static SealedColumns declared() {
        return DECLARED;
    }

    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /** Columns of blind indexes, as {@code schema.table.column}. */
    public Set<String> indexes() {
        return Set.copyOf(indexes);
    }

    /** Columns of bytes that no key makes, each with what it is. */
    public Map<String, String> others() {
        return Map.copyOf(others);
    }

    /** Whether what is bound to this place stands in rows that are never changed. */
    boolean isKept(String table, String column) {
        var names = kept.get(table);
        if (names == null) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (column.startsWith(names.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static SealedColumns load() {
        var declared = new SealedColumns();
        for (String domain : Catalogue.DOMAINS) {
            var name = "/sealed/" + domain + ".yaml";
            try (InputStream in = SealedColumns.class.getResourceAsStream(name)) {
                if (in != null) {
                    declared.add(YAML.readValue(in, Domain.class));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + name, e);
            }
        }
        return declared;
    }

    private void add(Domain domain) {
        if (domain.sealed() != null) {
            domain.sealed().forEach(this::add);
        }
        if (domain.index() != null) {
            indexes.addAll(domain.index());
        }
        if (domain.other() != null) {
            others.putAll(domain.other());
        }
    }

    private void add(String place, @Nullable Source source) {
        int dot = place.lastIndexOf('.');
        var table = place.substring(0, dot);
        var name = place.substring(dot + 1);
        var from = source == null ? new Source(null, null, null, false) : source;
        var bound = from.table() == null ? table : from.table();
        columns.add(new Column(
                table,
                name,
                from.row() == null ? "id" : from.row(),
                bound,
                from.columnSql() == null ? "'" + name + "'" : from.columnSql(),
                from.kept()));
        if (from.kept()) {
            kept.computeIfAbsent(bound, none -> new ArrayList<>()).add(name);
        }
    }
}
