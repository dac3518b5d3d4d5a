package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.ProblemDocument;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the answer of one request: once, in one piece with its length, and leaves a log line and a measurement. */
final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger("io.anju.http");
    private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence RATE_LIMIT_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING_RUNS =
            HttpHeaders.createOptimized("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000; includeSubDomains");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** For the log only: the client went away before it had its answer. */
    private static final int ABANDONED = 499;
    /** For the log only: the answer could not be read to its end. */
    private static final int CUT_OFF = 500;
    /** What a client that is still sending may push before it is cut off, so that it gets to read the answer. */
    private static final long LINGER_MAX_BYTES = 4L * 1024 * 1024;

    private final Edge edge;
    private final HttpServerRequest http;
    private final Request.Origin origin;
    private final long startedNanos = System.nanoTime();
    private @Nullable Mounted mounted;
    private RateLimiter.@Nullable Verdict allowance;
    private List<Map.Entry<String, String>> extraHeaders = List.of();
    private long reservedBytes;
    private boolean written;

    Answer(Edge edge, HttpServerRequest http, Request.Origin origin) {
        this.edge = edge;
        this.http = http;
        this.origin = origin;
    }

    void mounted(Mounted found) {
        this.mounted = found;
    }

    void allowance(RateLimiter.Verdict verdict) {
        this.allowance = allowance == null ? verdict : allowance.and(verdict);
    }

    /** Adds a header to whatever the answer will be. */
    void header(String name, String value) {
        var more = new ArrayList<>(extraHeaders);
        more.add(Map.entry(name, value));
        extraHeaders = more;
    }

    /** Takes memory for an upload, to be given back with the answer; false where too much is taken already. */
    boolean reserve(long bytes) {
        if (edge.uploadsInFlightBytes.addAndGet(bytes) > edge.settings.uploadsInFlightMaxBytes()) {
            edge.uploadsInFlightBytes.addAndGet(-bytes);
            return false;
        }
        reservedBytes += bytes;
        return true;
    }

    void write(int status, Reply<?> reply) {
        if (isKnown(reply)) {
            writeNotModified(reply);
            return;
        }
        var body = reply.render();
        var mediaType = reply.mediaType();
        if (begin(status)) {
            var headers = http.response().headers();
            if (mediaType != null) {
                headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
            }
            for (Map.Entry<String, String> header : reply.headers()) {
                headers.set(header.getKey(), header.getValue());
            }
            var chunks = reply.chunks();
            if (chunks == null || isHead()) {
                end(status, body);
            } else {
                stream(status, chunks);
            }
        }
    }

    /** Whether the operation may be asked conditionally, and the client has what it would get. */
    private boolean isKnown(Reply<?> reply) {
        var known = http.getHeader(HttpHeaders.IF_NONE_MATCH);
        var tag = reply.tag();
        return known != null
                && tag != null
                && mounted != null
                && mounted.operation().revalidates()
                && names(known, tag);
    }

    /** Caches send several tags, and mark as weak what they have compressed. */
    private static boolean names(String known, String tag) {
        return Arrays.stream(known.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    private void writeNotModified(Reply<?> reply) {
        if (begin(NOT_MODIFIED)) {
            var headers = http.response().headers();
            for (Map.Entry<String, String> header : reply.headers()) {
                headers.set(header.getKey(), header.getValue());
            }
            end(NOT_MODIFIED, null);
        }
    }

    /** Headers have gone out with the first piece: what fails after that can only be told by cutting the answer off. */
    private void stream(int status, Reply.Chunks chunks) {
        http.response().setChunked(true);
        Promise<Void> done = Promise.promise();
        pump(chunks, Objects.requireNonNull(Vertx.currentContext()), done);
        done.future().onComplete(ended -> finish(status), failure -> {
            LOG.atDebug()
                    .setCause(failure)
                    .addKeyValue("traceId", origin.traceId())
                    .log("answer cut off");
            boolean isGone = http.response().closed();
            http.response().reset();
            finish(isGone ? ABANDONED : CUT_OFF);
        });
    }

    /**
     * Piece after piece, each when the client has taken the one before.
     *
     * @param home the connection's own event loop: each piece is a task of its own there, since pieces that are ready and
     *     taken at once would otherwise call each other ever deeper
     */
    private void pump(Reply.Chunks chunks, Context home, Promise<Void> done) {
        chunks.next()
                .compose(this::send)
                .onComplete(
                        isLast -> {
                            if (isLast) {
                                done.complete();
                            } else {
                                home.runOnContext(next -> pump(chunks, home, done));
                            }
                        },
                        done::fail);
    }

    /** Gives whether it was the last, which is empty. */
    private Future<Boolean> send(Buffer piece) {
        boolean isLast = piece.length() == 0;
        return (isLast ? http.response().end() : http.response().write(piece)).map(isLast);
    }

    void refuse(Refusal refusal) {
        var rendered = render(refusal);
        int status = rendered.refusal().code().status();
        if (begin(status)) {
            var headers = http.response().headers();
            headers.set(HttpHeaders.CONTENT_TYPE, rendered.mediaType());
            headers.set(HttpHeaders.CONTENT_LANGUAGE, origin.language().tag());
            var retryAfter = retryAfterSeconds(rendered.refusal());
            if (retryAfter != null) {
                headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
            }
            end(status, rendered.document());
        }
    }

    /** Answers while the client may still be sending, then hangs up. */
    void refuseAndClose(Refusal refusal) {
        if (written) {
            return;
        }
        if (http.isEnded()) {
            refuse(refusal);
            return;
        }
        if (http.version() != HttpVersion.HTTP_2) {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        http.handler(chunk -> {
            if (http.bytesRead() > LINGER_MAX_BYTES + edge.settings.uploadMaxBytes()) {
                http.connection().close();
            }
        });
        http.exceptionHandler(ignored -> {});
        http.resume();
        refuse(refusal);
    }

    /** Tells a web page of a named origin what it may send; the request itself comes next. */
    void preflight(String methods) {
        if (begin(NO_CONTENT)) {
            edge.cors.permit(methods, http.response().headers());
            end(NO_CONTENT, null);
        }
    }

    /** The client went away before it sent everything: nothing to answer. */
    void abandon() {
        if (!written) {
            written = true;
            finish(ABANDONED);
        }
    }

    private record Rendered(Refusal refusal, Buffer document, String mediaType) {}

    private Rendered render(Refusal refusal) {
        try {
            return write(refusal);
        } catch (RuntimeException e) {
            if (mounted != null && mounted.operation().leavesNoTrace()) {
                edge.lateFailures.keep(e, origin.now());
            } else {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("traceId", origin.traceId())
                        .log("problem without a text");
            }
            return write(Refusal.of(PlatformProblem.INTERNAL_ERROR));
        }
    }

    private Rendered write(Refusal refusal) {
        boolean english = origin.language() == Language.EN;
        var path = http.path();
        var form = edge.refusalForm(path);
        if (form == null || path == null) {
            var problem = edge.problems.write(refusal, english, origin.traceId());
            return new Rendered(refusal, problem, ProblemDocument.MEDIA_TYPE);
        }
        var text = edge.problems.detail(refusal, english);
        return new Rendered(refusal, form.write(path, refusal.code().status(), text), form.mediaType(path));
    }

    private static @Nullable String retryAfterSeconds(Refusal refusal) {
        var given = refusal.args().get(Refusal.RETRY_AFTER_SECONDS);
        boolean soon =
                refusal.code() == PlatformProblem.UNAVAILABLE || refusal.code() == PlatformProblem.REQUEST_IN_PROGRESS;
        return given == null && soon ? "1" : given;
    }

    private boolean begin(int status) {
        if (written) {
            return false;
        }
        written = true;
        var response = http.response();
        if (response.closed()) {
            finish(status);
            return false;
        }
        response.setStatusCode(status);
        var headers = response.headers();
        // added, not set: nothing is there yet that would have to be looked for
        headers.add(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.add(CONTENT_TYPE_OPTIONS, NOSNIFF);
        headers.add(CONTENT_SECURITY_POLICY, NOTHING_RUNS);
        headers.add(TRANSPORT_SECURITY, ONE_YEAR);
        headers.add(REFERRER_POLICY, NO_REFERRER);
        edge.cors.expose(http, headers);
        if (allowance != null) {
            headers.add(RATE_LIMIT_POLICY, allowance.policy());
            headers.add(RATE_LIMIT, allowance.limit());
        }
        for (Map.Entry<String, String> header : extraHeaders) {
            headers.set(header.getKey(), header.getValue());
        }
        return true;
    }

    private void end(int status, @Nullable Buffer body) {
        if (isHead() && body != null) {
            http.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        }
        if (body == null || isHead()) {
            http.response().end();
        } else {
            http.response().end(body);
        }
        finish(status);
    }

    private boolean isHead() {
        return http.method() == HttpMethod.HEAD;
    }

    private void finish(int status) {
        edge.uploadsInFlightBytes.addAndGet(-reservedBytes);
        reservedBytes = 0;
        if (mounted != null && mounted.operation().leavesNoTrace()) {
            return;
        }
        long nanos = System.nanoTime() - startedNanos;
        if (mounted != null) {
            mounted.record(status, nanos);
        }
        if (LOG.isInfoEnabled()) {
            LOG.atInfo()
                    .addKeyValue("method", http.method().name())
                    .addKeyValue(
                            "operation",
                            mounted == null ? "-" : mounted.operation().id())
                    .addKeyValue("status", status)
                    .addKeyValue("micros", TimeUnit.NANOSECONDS.toMicros(nanos))
                    .addKeyValue("traceId", origin.traceId())
                    .log("request");
        }
    }
}
