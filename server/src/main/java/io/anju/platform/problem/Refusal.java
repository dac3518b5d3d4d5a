package io.anju.platform.problem;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is understood and declined. The edge turns it into one problem document; anything else that is thrown
 * is a bug and answers 500.
 *
 * <p>The argument {@value #RETRY_AFTER_SECONDS} also becomes the {@code Retry-After} header.
 */
public final class Refusal extends RuntimeException {
    public static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

    private static final long serialVersionUID = 1L;

    private final transient Code code;
    private final transient List<Finding> findings;
    private final transient Map<String, String> args;

    private Refusal(Code code, List<Finding> findings, Map<String, String> args) {
        // no stack trace: a refusal is an answer, not a fault, and traces cost more than the rest of it
        super(code.id(), null, false, false);
        this.code = code;
        this.findings = List.copyOf(findings);
        this.args = Map.copyOf(args);
    }

    public static Refusal of(Code code) {
        return new Refusal(code, List.of(), Map.of());
    }

    public static Refusal of(Code code, List<Finding> findings) {
        return new Refusal(code, findings, Map.of());
    }

    public static Refusal of(Code code, Map<String, String> args) {
        return new Refusal(code, List.of(), args);
    }

    public static Refusal of(Code code, List<Finding> findings, Map<String, String> args) {
        return new Refusal(code, findings, args);
    }

    /** A refusal because of one place in the request. */
    public static Refusal at(String pointer, Code code) {
        return new Refusal(code, List.of(Finding.of(pointer, code)), Map.of());
    }

    public static <T> Future<T> failed(Code code) {
        return Future.failedFuture(of(code));
    }

    public static <T> Future<T> failed(Code code, List<Finding> findings) {
        return Future.failedFuture(of(code, findings));
    }

    public static <T> Future<T> failed(Code code, Map<String, String> args) {
        return Future.failedFuture(of(code, args));
    }

    /** What was found; refuses where nothing was. */
    public static <T> Future<T> orNotFound(Optional<T> found) {
        return found.isPresent() ? Future.succeededFuture(found.get()) : failed(PlatformProblem.NOT_FOUND);
    }

    public Code code() {
        return code;
    }

    public List<Finding> findings() {
        return findings;
    }

    public Map<String, String> args() {
        return args;
    }
}
