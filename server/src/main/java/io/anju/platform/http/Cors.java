package io.anju.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Which web pages of other origins may read answers: those that the operator names exactly, and none by default.
 *
 * <p>Credentials are never allowed: a token is sent by the page itself, and there are no cookies that a browser could
 * add on its own.
 */
final class Cors {
    private static final String REQUEST_HEADERS =
            "Accept, Accept-Language, Anju-On-Behalf-Of, Authorization, Content-Type,"
                    + " Idempotency-Key, If-Match, If-None-Match, traceparent";
    private static final String ANSWER_HEADERS = "Allow, Content-Disposition, Content-Language, ETag, Location,"
            + " RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";
    private static final String TEN_MINUTES = "600";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = origins;
    }

    /** Whether a browser asks here what a page of a named origin may send. */
    boolean isPreflight(HttpServerRequest http) {
        return http.method() == HttpMethod.OPTIONS
                && isNamed(http)
                && http.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    /** Lets a page of a named origin read the answer. Caches must keep the answers of origins apart. */
    void expose(HttpServerRequest http, MultiMap headers) {
        if (origins.isEmpty()) {
            return;
        }
        headers.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (isNamed(http)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, http.getHeader(HttpHeaders.ORIGIN))
                    .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
        }
    }

    void permit(String methods, MultiMap headers) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    }

    private boolean isNamed(HttpServerRequest http) {
        var origin = http.getHeader(HttpHeaders.ORIGIN);
        return origin != null && origins.contains(origin);
    }
}
