package io.anju.platform.http;

import io.anju.platform.problem.Catalogue;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.ProblemDocument;
import io.anju.platform.problem.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all requests share: the operations and where they are mounted, who authenticates, the allowances, the texts.
 *
 * <p>One edge serves every event loop.
 */
public final class Edge {
    final PathTree paths;
    final Authenticator authenticator;
    final UploadScan uploadScan;
    final RateLimiter limiter;
    final CostlyLimiter costlyLimiter;
    final ProblemDocument problems;
    final HttpSettings settings;
    final InstantSource clock;
    final Pages pages;
    final Cors cors;
    /** Bytes that uploads and large bodies under way may come to hold. */
    final AtomicLong uploadsInFlightBytes = new AtomicLong();

    final LateFailures lateFailures = new LateFailures();

    private List<RefusalForm> refusalForms = List.of();

    /**
     * Reads of the public and of residents: a crowd on the day of a publication must fill neither the queue to the
     * database nor the event loops. Whoever writes, and whoever works at an office, goes before it.
     */
    final Turns reads;

    public Edge(
            List<Route> routes,
            Guards guards,
            Catalogue catalogue,
            Pages pages,
            HttpSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.paths = new PathTree(
                routes.stream().map(route -> new Mounted(route, meters)).toList());
        this.authenticator = guards.authenticator();
        this.uploadScan = guards.uploadScan();
        this.limiter = new RateLimiter(settings.callerRequestsPerMinute(), settings.addressRequestsPerMinute());
        this.costlyLimiter = new CostlyLimiter(guards.costlyRequests(), settings.costlyRequestsPerHour());
        this.problems = new ProblemDocument(catalogue);
        this.settings = settings;
        this.reads = new Turns(settings.reads());
        this.clock = clock;
        this.pages = pages;
        this.cors = new Cors(settings.corsOrigins());
        meters.gauge("anju.http.uploads.bytes", uploadsInFlightBytes);
        meters.gauge("anju.http.reads.waiting", reads, Turns::waiting);
        meters.gauge("anju.http.reads.under.way", reads, Turns::underWay);
    }

    /** What is not told yet; whoever stops the server sees that it is kept. */
    public LateFailures lateFailures() {
        return lateFailures;
    }

    /** Speaks of what is refused below a path in another form. */
    public Edge speaking(List<RefusalForm> forms) {
        refusalForms = List.copyOf(forms);
        return this;
    }

    /** The form of refusals of this path; null for our own. */
    @Nullable
    RefusalForm refusalForm(@Nullable String path) {
        for (var form : refusalForms) {
            if (path != null && path.startsWith(form.pathPrefix())) {
                return form;
            }
        }
        return null;
    }

    /** Answers one request. */
    void handle(HttpServerRequest http) {
        new Exchange(this, http).run();
    }

    /** Answers what is not even HTTP, or has a line or headers beyond the limits. */
    void refuseInvalid(HttpServerRequest http) {
        var cause = http.decoderResult().cause();
        var code = cause instanceof TooLongHttpLineException
                ? PlatformProblem.URI_TOO_LONG
                : cause instanceof TooLongHttpHeaderException
                        ? PlatformProblem.HEADERS_TOO_LARGE
                        : PlatformProblem.MALFORMED_HTTP;
        new Exchange(this, http).refuseAndClose(Refusal.of(code));
    }
}
