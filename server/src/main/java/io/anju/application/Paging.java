package io.anju.application;

import io.anju.platform.http.Cursors;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists whose next page begins after the key of the last item shown. */
final class Paging {
    private final Cursors cursors;

    Paging(Cursors cursors) {
        this.cursors = cursors;
    }

    record Page<T>(List<T> items, @Nullable String nextCursor) {}

    /** Takes one item more than the page holds, to know whether there is a next one. */
    <T> Page<T> page(String list, List<T> found, int limit, Function<T, Object> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, cursors.seal(list, key.apply(items.get(limit - 1))));
    }

    @Nullable
    UUID uuid(String list, @Nullable String cursor) {
        return cursor == null
                ? null
                : UUID.fromString(cursors.open(list, 1, cursor).get(0));
    }

    @Nullable
    Long number(String list, @Nullable String cursor) {
        return cursor == null
                ? null
                : Long.valueOf(cursors.open(list, 1, cursor).get(0));
    }
}
