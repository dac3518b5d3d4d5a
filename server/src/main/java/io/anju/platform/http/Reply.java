package io.anju.platform.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operation answers: a body and headers; the status is the contract's. */
public final class Reply<T> {
    static final String JSON = "application/json";
    private static final String ETAG = "ETag";

    private static final Reply<Void> EMPTY = new Reply<>(null, null, List.of(), null, null);

    private final @Nullable T body;
    private final @Nullable String mediaType;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable Buffer rendered;
    private final @Nullable Chunks chunks;

    private Reply(
            @Nullable T body,
            @Nullable String mediaType,
            List<Map.Entry<String, String>> headers,
            @Nullable Buffer rendered,
            @Nullable Chunks chunks) {
        this.body = body;
        this.mediaType = mediaType;
        this.headers = headers;
        this.rendered = rendered;
        this.chunks = chunks;
    }

    /** A body in pieces. The next one is asked for when the one before has been taken, so no more than one is held. */
    @FunctionalInterface
    public interface Chunks {
        /** The next piece; an empty one after the last. */
        Future<Buffer> next();
    }

    /** Answers a value as JSON. */
    public static <T> Reply<T> of(T body) {
        return new Reply<>(body, JSON, List.of(), null, null);
    }

    /** Answers without a body (204). */
    public static Reply<Void> empty() {
        return EMPTY;
    }

    /** Answers bytes as they are: a file. */
    public static Reply<Buffer> bytes(Buffer body, String mediaType) {
        return new Reply<>(body, mediaType, List.of(), body, null);
    }

    /** Saved under a name of ours, never shown in the page: what people upload is not ours. */
    public static Reply<Buffer> download(Buffer body, String mediaType) {
        var ending = mediaType.substring(mediaType.indexOf('/') + 1);
        return bytes(body, mediaType)
                .withHeader("Content-Disposition", "attachment; filename=\"attachment." + ending + "\"");
    }

    /** Answers a body of any length as fast as the client takes it. */
    public static <T> Reply<T> stream(Chunks chunks, String mediaType) {
        return new Reply<>(null, mediaType, List.of(), null, chunks);
    }

    /** An answer whose bytes are settled: what {@link Once} has stored. */
    static <T> Reply<T> rendered(
            @Nullable String mediaType, List<Map.Entry<String, String>> headers, @Nullable Buffer rendered) {
        return new Reply<>(null, mediaType, headers, rendered, null);
    }

    /** Adds {@code ETag: "<version>"}. */
    public Reply<T> withETag(long version) {
        return withHeader(ETAG, '"' + Long.toString(version) + '"');
    }

    /**
     * Adds an {@code ETag} that names this state of what is shown, and how long the answer may be kept; for an operation
     * that takes {@code If-None-Match}. Whoever has this very answer is told so (304) without it being sent again.
     *
     * @param tag letters, digits, dots, dashes and underscores
     */
    public Reply<T> withContentTag(String tag, String cacheControl) {
        return withHeader(ETAG, '"' + tag + '"').withHeader("Cache-Control", cacheControl);
    }

    /** The tag to compare with {@code If-None-Match}; null where there is none. */
    @Nullable
    String tag() {
        return headers.stream()
                .filter(header -> header.getKey().equals(ETAG))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    public Reply<T> withHeader(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply<>(body, mediaType, List.copyOf(more), rendered, chunks);
    }

    /** The same headers with another body; not for what {@link Once} gives back, which is settled. */
    public <R> Reply<R> map(Function<? super T, ? extends R> change) {
        return new Reply<>(change.apply(body()), mediaType, headers, null, null);
    }

    /** The value; only where one was given to {@link #of} or {@link #bytes}. */
    public T body() {
        if (body == null) {
            throw new IllegalStateException("this reply holds no value: empty, or settled by Once");
        }
        return body;
    }

    /** The media type of the body; none where there is no body. */
    public @Nullable String mediaType() {
        return mediaType;
    }

    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The body in pieces, where it is one. */
    @Nullable
    Chunks chunks() {
        return chunks;
    }

    /** The bytes to write; none for an answer without a body. */
    @Nullable
    Buffer render() {
        if (rendered != null || body == null) {
            return rendered;
        }
        return Json.write(body);
    }
}
