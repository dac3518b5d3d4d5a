package io.anju.platform.db;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the person whom they are about may take them along: each column under the name that the statement gives it,
 * absent where it is null. Bytes are left out; whoever asks opens what is sealed and adds it.
 */
public final class HeldRows {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private HeldRows() {}

    /** @param more adds to a row what only the asking domain can read of it */
    public static Future<List<ObjectNode>> list(
            Sql sql, String query, BiConsumer<Row, ObjectNode> more, @Nullable Object... args) {
        return sql.list(
                query,
                row -> {
                    var node = node(row);
                    more.accept(row, node);
                    return node;
                },
                args);
    }

    public static Future<List<ObjectNode>> list(Sql sql, String query, @Nullable Object... args) {
        return list(sql, query, (row, node) -> {}, args);
    }

    private static ObjectNode node(Row row) {
        var node = NODES.objectNode();
        for (int at = 0; at < row.size(); at++) {
            var value = row.getValue(at);
            if (value != null) {
                put(node, row.getColumnName(at), value);
            }
        }
        return node;
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value instanceof Integer number) {
            node.put(name, number);
        } else if (value instanceof Long number) {
            node.put(name, number);
        } else if (value instanceof Boolean truth) {
            node.put(name, truth);
        } else if (value instanceof OffsetDateTime time) {
            node.put(name, time.toInstant().toString());
        } else if (value instanceof Object[] values) {
            var array = node.putArray(name);
            for (var each : values) {
                array.add(String.valueOf(each));
            }
        } else if (!(value instanceof Buffer)) {
            node.put(name, value.toString());
        }
    }
}
