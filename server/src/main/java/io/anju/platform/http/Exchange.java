package io.anju.platform.http;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its first byte to its answer: find the operation, charge the allowance, learn who asks, read the
 * body, call, write.
 *
 * <p>The steps are plain methods on one object and not a chain of handlers: where nothing has to be waited for, a
 * request runs through all of them in one go.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String NO_TOKEN = "Bearer realm=\"anju\"";
    private static final String INVALID_TOKEN = "Bearer realm=\"anju\", error=\"invalid_token\"";
    private static final MultiMap NO_QUERY = MultiMap.caseInsensitiveMultiMap();

    private final Edge edge;
    private final HttpServerRequest http;
    private final RequestHeaders headers;
    private final Answer answer;
    private final Request.Origin origin;
    private @Nullable Mounted mounted;
    private String[] pathParameters = {};
    private Caller caller = Caller.ANONYMOUS;
    private String challenge = NO_TOKEN;

    Exchange(Edge edge, HttpServerRequest http) {
        this.edge = edge;
        this.http = http;
        this.headers = new RequestHeaders(http);
        this.origin = new Request.Origin(
                edge.clock.instant(),
                Language.negotiate(http.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                TraceId.of(http.getHeader("traceparent")),
                ClientAddress.of(http, edge.settings.trustedProxies()));
        this.answer = new Answer(edge, http, origin);
    }

    void run() {
        edge.lateFailures.tellEarlier(origin.now());
        try {
            findOperation();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void findOperation() {
        var path = http.path();
        var match = path == null ? null : edge.paths.find(path);
        if (match == null) {
            if (!edge.pages.serve(http, origin.language())) {
                chargeAddress();
                throw Refusal.of(PlatformProblem.NOT_FOUND);
            }
            return;
        }
        var found = match.node().operation(http.method());
        if (found == null) {
            chargeAddress();
            var allowed = match.node().allowed();
            if (edge.cors.isPreflight(http)) {
                answer.preflight(allowed);
                return;
            }
            answer.header("Allow", allowed);
            throw Refusal.of(PlatformProblem.METHOD_NOT_ALLOWED, Map.of("allowed", allowed));
        }
        mounted = found;
        answer.mounted(found);
        pathParameters = match.parameters();
        identify(found);
    }

    private void identify(Mounted found) {
        if (found.operation().anonymous()) {
            chargeAddress();
            if (found.operation().costly()) {
                countCostly(found);
            } else {
                readBody(found);
            }
            return;
        }
        var token = headers.bearerToken();
        if (token == null) {
            chargeAddress();
            throw Refusal.of(PlatformProblem.UNAUTHENTICATED);
        }
        if (edge.limiter.isExhausted(origin.remoteAddress())) {
            chargeAddress();
        }
        var verdict = edge.authenticator.authenticate(token, origin.now());
        if (verdict.succeeded()) {
            admit(found, verdict.result());
            return;
        }
        http.pause();
        var home = Vertx.currentContext();
        verdict.onComplete(
                known -> on(home, () -> admit(found, known)), failure -> on(home, () -> rejectToken(failure)));
    }

    private void countCostly(Mounted found) {
        http.pause();
        var home = Vertx.currentContext();
        edge.costlyLimiter
                .charge(found.operation().id(), origin.remoteAddress(), origin.now())
                .onComplete(
                        verdict -> on(home, () -> {
                            charge(verdict);
                            readBody(found);
                        }),
                        failure -> on(home, () -> fail(failure)));
    }

    private void admit(Mounted found, Caller known) {
        // a partner may hold many sessions, one for each token: all of them share its allowance
        var isPartner = known.kind() == Caller.Kind.PARTNER;
        var charged = known.sessionId() == null || isPartner ? known.id() : known.sessionId();
        var agreed = isPartner ? edge.authenticator.agreedRequestsPerMinute(known) : OptionalInt.empty();
        charge(edge.limiter.chargeCaller(charged == null ? new UUID(0, 0) : charged, agreed));
        if (isPartner) {
            edge.authenticator.requireAddress(known, origin.remoteAddress());
        }
        if (!known.scopes().containsAll(found.operation().scopes())) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
        caller = Whose.of(found.operation().owner(), known);
        var grant = headers.grantId();
        if (grant == null) {
            readBody(found);
        } else {
            actFor(found, grant);
        }
    }

    /** The one place where somebody comes to stand in another's place; all that follows sees the represented. */
    private void actFor(Mounted found, UUID grantId) {
        if (!(caller instanceof ResidentCaller known) || found.operation().proxyGroup() == null) {
            throw Refusal.of(PlatformProblem.PROXY_NOT_VALID);
        }
        http.pause();
        var home = Vertx.currentContext();
        edge.authenticator
                .represent(known, grantId, found.operation(), origin.now())
                .onComplete(
                        represented -> on(home, () -> {
                            caller = represented;
                            readBody(found);
                        }),
                        failure -> on(home, () -> fail(failure)));
    }

    private void rejectToken(Throwable failure) {
        chargeAddress();
        challenge = INVALID_TOKEN;
        fail(failure);
    }

    private void readBody(Mounted found) {
        headers.requireFor(found.operation());
        new BodyReader(edge, http, found, answer, this::fail).read((body, upload) -> scan(found, body, upload));
    }

    /** The one place that every uploaded file passes, whatever it is for. */
    private void scan(Mounted found, Buffer body, @Nullable Upload upload) {
        if (upload == null || edge.uploadScan == UploadScan.NONE) {
            call(found, body, upload);
            return;
        }
        var home = Vertx.currentContext();
        edge.uploadScan
                .requireClean(upload.content())
                .onComplete(
                        clean -> on(home, () -> call(found, body, upload)), failure -> on(home, () -> fail(failure)));
    }

    private void call(Mounted found, Buffer body, @Nullable Upload upload) {
        var rawQuery = http.query();
        var query = rawQuery == null ? NO_QUERY : query();
        var request =
                new Request(found.operation(), caller, origin, pathParameters, rawQuery, query, http, body, upload);
        var reply = waitsForTurn(found.operation())
                ? edge.reads.take(() -> handleUnlessGone(found, request), this::whenGone)
                : edge.reads.goBefore(() -> handle(found, request));
        reply.onComplete(known -> succeed(request, known), this::fail);
    }

    /** Who hangs up leaves the place to somebody who is there; often it is the same person asking again. */
    private void whenGone(Runnable leave) {
        Runnable left = () -> {
            answer.abandon();
            leave.run();
        };
        if (http.response().closed()) {
            left.run();
        } else {
            http.response().closeHandler(closed -> left.run());
        }
    }

    /** Who has hung up when the turn comes is not looked up for. */
    private Future<Reply<?>> handleUnlessGone(Mounted found, Request request) {
        http.response().closeHandler(null);
        if (http.response().closed()) {
            answer.abandon();
            return Refusal.failed(PlatformProblem.UNAVAILABLE);
        }
        return handle(found, request);
    }

    @SuppressWarnings("unchecked")
    private static Future<Reply<?>> handle(Mounted found, Request request) {
        // a future only gives: what gives one kind of reply gives a reply
        return (Future<Reply<?>>) found.handler().handle(request);
    }

    /** Offices and partners work for many; what a crowd reads must not keep them from it. */
    private boolean waitsForTurn(Operation operation) {
        return !operation.unsafe() && (caller.kind() == Caller.Kind.ANONYMOUS || caller.kind() == Caller.Kind.RESIDENT);
    }

    private MultiMap query() {
        try {
            return http.params();
        } catch (IllegalArgumentException e) {
            // a percent sign without two hex digits; the message would quote the query into the log
            throw Refusal.of(PlatformProblem.INVALID_REQUEST, List.of(Finding.of("/query", FormProblem.BAD_CHARACTER)));
        }
    }

    private void succeed(Request request, Reply<?> reply) {
        try {
            var operation = request.operation();
            if (operation.unsafe() && !operation.storesNothing() && !request.hasPassedOnce()) {
                throw new IllegalStateException(operation.id() + " took effect without passing Once");
            }
            answer.write(operation.status(), reply);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Answers a problem; anything that is not a refusal is a bug of ours, logged here and told to nobody. */
    private void fail(Throwable failure) {
        var refusal = failure instanceof Refusal known ? known : internalError(failure);
        if (refusal.code().status() == 401) {
            answer.header("WWW-Authenticate", challenge);
        }
        if (http.isEnded() || isShort(refusal)) {
            http.resume();
            answer.refuse(refusal);
        } else {
            answer.refuseAndClose(refusal);
        }
    }

    /** Whether what the client may still send is known to be little: then it is read and the connection kept. */
    private boolean isShort(Refusal refusal) {
        long declaredBytes = BodyReader.declaredBytes(http);
        return declaredBytes >= 0
                && !BodyReader.isWaiting(http)
                && declaredBytes <= edge.settings.bodyMaxBytes()
                && refusal.code() != PlatformProblem.REQUEST_TIMEOUT;
    }

    void refuseAndClose(Refusal refusal) {
        answer.refuseAndClose(refusal);
    }

    private Refusal internalError(Throwable failure) {
        var found = mounted;
        if (found != null && found.operation().leavesNoTrace()) {
            edge.lateFailures.keep(failure, origin.now());
            return Refusal.of(PlatformProblem.INTERNAL_ERROR);
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("operation", found == null ? "" : found.operation().id())
                .addKeyValue("traceId", origin.traceId())
                .log("request failed");
        return Refusal.of(PlatformProblem.INTERNAL_ERROR);
    }

    private void chargeAddress() {
        charge(edge.limiter.chargeAddress(origin.remoteAddress()));
    }

    private void charge(RateLimiter.Verdict verdict) {
        answer.allowance(verdict);
        if (!verdict.allowed()) {
            throw Refusal.of(
                    PlatformProblem.TOO_MANY_REQUESTS,
                    Map.of(Refusal.RETRY_AFTER_SECONDS, Long.toString(verdict.retryAfterSeconds())));
        }
    }

    /** A verdict may have been asked for by another event loop: come back to the connection's own. */
    private void on(@Nullable Context home, Runnable step) {
        Runnable guarded = () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                fail(e);
            }
        };
        if (home == null || home == Vertx.currentContext()) {
            guarded.run();
        } else {
            home.runOnContext(ignored -> guarded.run());
        }
    }
}
