package io.anju.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * All items of a list that comes in pages, fetched as they are needed.
 *
 * <pre>{@code
 * for (WaitingListEntry entry : Pages.of(
 *         cursor -> api.getWaitingList("370200", "public-rental", null, null, null, cursor, 100, null),
 *         WaitingListPage::getItems, WaitingListPage::getNextCursor)) { … }
 * }</pre>
 */
public final class Pages<P, T> implements Iterable<T> {
    private final Function<@Nullable String, P> fetch;
    private final Function<P, List<T>> items;
    private final Function<P, @Nullable String> nextCursor;

    private Pages(
            Function<@Nullable String, P> fetch, Function<P, List<T>> items, Function<P, @Nullable String> nextCursor) {
        this.fetch = fetch;
        this.items = items;
        this.nextCursor = nextCursor;
    }

    /** Takes how to fetch a page by cursor ({@code null} for the first), its items, and its cursor to the next ({@code null} at the end). */
    public static <P, T> Pages<P, T> of(
            Function<@Nullable String, P> fetch, Function<P, List<T>> items, Function<P, @Nullable String> nextCursor) {
        return new Pages<>(fetch, items, nextCursor);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Iterator<T> page = List.<T>of().iterator();
            private @Nullable String cursor;
            private boolean started;

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && (!started || cursor != null)) {
                    var fetched = fetch.apply(cursor);
                    started = true;
                    page = items.apply(fetched).iterator();
                    cursor = nextCursor.apply(fetched);
                }
                return page.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next();
            }
        };
    }
}
