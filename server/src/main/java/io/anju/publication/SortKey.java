package io.anju.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.platform.crypto.Tree;
import io.anju.policy.OrderKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of the order as it is published: a column of the row, so that anyone can compare two rows. An empty value is
 * greater than any other.
 *
 * @param column label of a column
 * @param direction {@code ascending} or {@code descending}
 * @param type {@code number} compares by value, {@code text} character by character
 * @param seed what lots are drawn with; none for other keys
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SortKey(
        String column,
        String direction,
        String type,
        @Nullable String seed) {
    private static final String ASCENDING = "ascending";
    private static final String DESCENDING = "descending";
    private static final String NUMBER = "number";
    private static final String TEXT = "text";
    private static final int LOT_BYTES = 16;

    SortKey {
        Objects.requireNonNull(column);
        Objects.requireNonNull(direction);
        Objects.requireNonNull(type);
    }

    /** The keys of a policy's order, behind that of refusals and before the receipt number, as in the derivation. */
    static List<SortKey> of(List<OrderKey> order) {
        var keys = new ArrayList<SortKey>();
        keys.add(of(Column.DEFERRED, ASCENDING, NUMBER));
        for (var key : order) {
            var direction = key.direction() == OrderKey.Direction.ASCENDING ? ASCENDING : DESCENDING;
            keys.add(
                    switch (key.by()) {
                        case SCORE -> of(Column.SCORE, direction, NUMBER);
                        case PRIORITY -> of(Column.PRIORITY, direction, NUMBER);
                        case EARLIEST_OF -> of(Column.SINCE, direction, TEXT);
                        case DRAW -> new SortKey(Column.DRAW.label(), direction, TEXT, key.seed());
                        case APPLIED_AT -> of(Column.APPLIED_AT, direction, TEXT);
                        case REGISTERED_AT -> of(Column.REGISTERED_AT, direction, TEXT);
                        case RECEIPT_NUMBER -> of(Column.RECEIPT_NUMBER, direction, TEXT);
                    });
        }
        keys.add(of(Column.RECEIPT_NUMBER, ASCENDING, TEXT));
        return List.copyOf(keys);
    }

    private static SortKey of(Column column, String direction, String type) {
        return new SortKey(column.label(), direction, type, null);
    }

    boolean isKnown() {
        return Column.find(column).isPresent()
                && (direction.equals(ASCENDING) || direction.equals(DESCENDING))
                && (type.equals(NUMBER) || type.equals(TEXT));
    }

    /** Whether a row holds the lot that the seed draws for its receipt number; true for keys that draw none. */
    boolean isDrawn(Row row) {
        return seed == null || row.get(Column.DRAW).equals(lot(seed, row.get(Column.RECEIPT_NUMBER)));
    }

    static String lot(String seed, String receiptNumber) {
        var hash = Tree.sha256((seed + '\n' + receiptNumber).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, LOT_BYTES);
    }

    /** Below 0 where the first row comes before the second, as these keys see it. */
    static int compare(List<SortKey> keys, Row first, Row second) {
        for (var key : keys) {
            int order = key.compare(first, second);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compare(Row first, Row second) {
        var at = Column.find(column).orElseThrow();
        int ascending = ascending(first.get(at), second.get(at));
        return direction.equals(ASCENDING) ? ascending : -ascending;
    }

    private int ascending(String first, String second) {
        if (first.isEmpty() || second.isEmpty()) {
            return Boolean.compare(first.isEmpty(), second.isEmpty());
        }
        return type.equals(NUMBER) ? new BigDecimal(first).compareTo(new BigDecimal(second)) : first.compareTo(second);
    }
}
