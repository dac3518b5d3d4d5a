package io.anju.platform.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers: a body and headers; the status is the contract's.
 *
 * @param body what is written as JSON, or a {@link Buffer} that is written as it is; none for 204
 * @param mediaType of the body
 */
public record Reply<T>(@Nullable T body, @Nullable String mediaType, List<Map.Entry<String, String>> headers) {
    private static final String JSON = "application/json";
    private static final Reply<Void> EMPTY = new Reply<>(null, null, List.of());

    public static <T> Reply<T> of(T body) {
        return new Reply<>(body, JSON, List.of());
    }

    public static Reply<Void> empty() {
        return EMPTY;
    }

    public static Reply<Buffer> bytes(Buffer body, String mediaType) {
        return new Reply<>(body, mediaType, List.of());
    }

    /** Adds {@code ETag: "<version>"}. */
    public Reply<T> withETag(long version) {
        return withHeader("ETag", '"' + Long.toString(version) + '"');
    }

    public Reply<T> withHeader(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply<>(body, mediaType, List.copyOf(more));
    }

    /** The same headers with another body. */
    public <R> Reply<R> map(Function<? super T, ? extends R> change) {
        return new Reply<>(body == null ? null : change.apply(body), mediaType, headers);
    }
}
