package io.anju.sdk;

import java.net.http.HttpHeaders;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server answered: the body and the headers that came with it. */
public final class Answer<T> {
    private final int status;
    private final HttpHeaders headers;
    private final @Nullable T body;

    Answer(int status, HttpHeaders headers, @Nullable T body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The HTTP status, always a success: refusals are thrown as {@link AnjuProblem}. */
    public int status() {
        return status;
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** The body; an operation that answers without one has none to give. */
    public T body() {
        return Objects.requireNonNull(body, "this operation answers without a body");
    }

    /** The version to send as {@code If-Match} with the next change of this thing. */
    public Optional<String> etag() {
        return headers.firstValue("ETag");
    }
}
