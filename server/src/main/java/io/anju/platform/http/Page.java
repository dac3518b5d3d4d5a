package io.anju.platform.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page goes on; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** The items as the contract shows them. */
    public <V> List<V> as(Function<? super T, ? extends V> view) {
        return items.stream().<V>map(view).toList();
    }
}
