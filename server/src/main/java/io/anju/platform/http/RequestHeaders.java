package io.anju.platform.http;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of itself before its body: who asks, for whom, and on what conditions. */
final class RequestHeaders {
    private static final String BEARER = "bearer ";
    private static final int TOKEN_MAX_CHARS = 4096;
    private static final Pattern GRANT_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final HttpServerRequest http;

    RequestHeaders(HttpServerRequest http) {
        this.http = http;
    }

    @Nullable
    String bearerToken() {
        var header = http.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null
                        || header.length() > TOKEN_MAX_CHARS
                        || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? null
                : header.substring(BEARER.length()).strip();
    }

    /** The grant under which somebody else is stood in for; none where the caller asks for itself. */
    @Nullable
    UUID grantId() {
        var text = http.getHeader(Request.ON_BEHALF_OF);
        if (text == null) {
            return null;
        }
        if (!GRANT_ID.matcher(text).matches()) {
            throw Refusal.of(
                    PlatformProblem.INVALID_REQUEST,
                    List.of(Finding.of("/header/" + Request.ON_BEHALF_OF, FormProblem.PATTERN)));
        }
        return UUID.fromString(text);
    }

    /** Refuses a request without what the operation asks of every one. */
    void requireFor(Operation operation) {
        requireAcceptable(operation);
        if (operation.unsafe()) {
            requireIdempotencyKey();
        }
        if (operation.conditional() && http.getHeader(HttpHeaders.IF_MATCH) == null) {
            throw Refusal.of(
                    PlatformProblem.PRECONDITION_REQUIRED,
                    List.of(Finding.of("/header/If-Match", FormProblem.REQUIRED)));
        }
    }

    private void requireAcceptable(Operation operation) {
        if (!Accept.admits(http, operation.produces())) {
            throw Refusal.of(
                    PlatformProblem.NOT_ACCEPTABLE,
                    Map.of("produces", String.join(", ", new TreeSet<>(operation.produces()))));
        }
    }

    private void requireIdempotencyKey() {
        var key = http.getHeader(Request.IDEMPOTENCY_KEY);
        if (key == null || !OnceKey.isValid(key)) {
            var problem = key == null ? FormProblem.REQUIRED : FormProblem.PATTERN;
            throw Refusal.of(
                    PlatformProblem.INVALID_REQUEST,
                    List.of(Finding.of("/header/" + Request.IDEMPOTENCY_KEY, problem)));
        }
    }
}
