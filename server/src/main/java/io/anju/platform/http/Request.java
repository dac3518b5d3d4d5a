package io.anju.platform.http;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way to an operation: already authenticated, within its limits, its body read but not parsed. */
public final class Request {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String ON_BEHALF_OF = "Anju-On-Behalf-Of";

    private final Operation operation;
    private final Caller caller;
    private final Origin origin;
    private final String[] pathParameters;
    private final @Nullable String rawQuery;
    private final MultiMap query;
    private final HttpServerRequest http;
    private final Buffer body;
    private final @Nullable Upload upload;
    private boolean passedOnce;

    Request(
            Operation operation,
            Caller caller,
            Origin origin,
            String[] pathParameters,
            @Nullable String rawQuery,
            MultiMap query,
            HttpServerRequest http,
            Buffer body,
            @Nullable Upload upload) {
        this.operation = operation;
        this.caller = caller;
        this.origin = origin;
        this.pathParameters = pathParameters;
        this.rawQuery = rawQuery;
        this.query = query;
        this.http = http;
        this.body = body;
        this.upload = upload;
    }

    /** When and whence a request came, and how to speak to whoever sent it. */
    record Origin(Instant now, Language language, String traceId, String remoteAddress) {}

    public Operation operation() {
        return operation;
    }

    /** For what the edge and the generated routes do; an operation is handed its caller as the contract declares it. */
    Caller caller() {
        return caller;
    }

    /** When the request arrived: one instant for all it does. */
    public Instant now() {
        return origin.now();
    }

    /** The calendar day in the city when the request arrived. */
    public LocalDate today() {
        return Shanghai.date(origin.now());
    }

    public Language language() {
        return origin.language();
    }

    /** 32 hex digits: the W3C trace id, in every problem and log line of this request. */
    public String traceId() {
        return origin.traceId();
    }

    /** The client's address. */
    public String remoteAddress() {
        return origin.remoteAddress();
    }

    /** The n-th parameter of the operation's path, percent-decoded, in the order of the contract's path. */
    public String pathParameter(int index) {
        return pathParameters[index];
    }

    int pathParameterCount() {
        return pathParameters.length;
    }

    /** The first value of a query parameter. */
    public @Nullable String queryParameter(String name) {
        return query.get(name);
    }

    /** All values of a query parameter, for arrays. */
    public List<String> queryParameters(String name) {
        return query.getAll(name);
    }

    /** The names of all query parameters that were sent, to find those that the contract does not know. */
    public Set<String> queryNames() {
        return query.isEmpty() ? Set.of() : query.names();
    }

    @Nullable
    String rawQuery() {
        return rawQuery;
    }

    public @Nullable String header(CharSequence name) {
        return http.getHeader(name);
    }

    /** The JSON body as it came; empty where there is none. */
    public Buffer body() {
        return body;
    }

    boolean hasUpload() {
        return upload != null;
    }

    /** The file of an upload; refuses where the request brought none. */
    public Upload upload() {
        if (upload == null) {
            throw Refusal.of(PlatformProblem.INVALID_REQUEST, List.of(Finding.of("/file", FormProblem.REQUIRED)));
        }
        return upload;
    }

    /** A field beside the file of a multipart form; refuses where it is missing, blank or longer than it may be. */
    public String formField(String name, int maxChars) {
        var value = upload().fields().get(name);
        if (value == null || value.isBlank()) {
            throw badField(name, FormProblem.REQUIRED, Map.of());
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw badField(name, FormProblem.BAD_CHARACTER, Map.of());
        }
        if (value.length() > maxChars) {
            throw badField(name, FormProblem.TOO_LONG, Map.of("maximum", Integer.toString(maxChars)));
        }
        return value.strip();
    }

    private static Refusal badField(String name, FormProblem problem, Map<String, String> args) {
        return Refusal.of(PlatformProblem.INVALID_REQUEST, List.of(new Finding("/" + name, problem, args)));
    }

    /** The key of an unsafe operation; the edge has checked its form. */
    public String idempotencyKey() {
        var key = http.getHeader(IDEMPOTENCY_KEY);
        if (key == null) {
            throw new IllegalStateException(operation.id() + " takes no Idempotency-Key");
        }
        return key;
    }

    void markPassedOnce() {
        passedOnce = true;
    }

    boolean hasPassedOnce() {
        return passedOnce;
    }
}
