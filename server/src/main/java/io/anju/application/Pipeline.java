package io.anju.application;

import io.anju.policy.Step;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who handles which kind of step. Filled once while the server is put together, because the handlers need the
 * application service and the service needs the handlers.
 */
public final class Pipeline {
    private final Map<Step.Kind, StepHandler> handlers = new EnumMap<>(Step.Kind.class);
    private @Nullable ReReviewHandler reReview;
    private @Nullable Registrar registrar;
    private @Nullable Bars bars;

    public Pipeline handle(StepHandler handler) {
        if (handlers.putIfAbsent(handler.kind(), handler) != null) {
            throw new IllegalStateException("two handlers for " + handler.kind());
        }
        return this;
    }

    public Pipeline reReview(ReReviewHandler handler) {
        reReview = handler;
        return this;
    }

    public Pipeline registrar(Registrar handler) {
        registrar = handler;
        return this;
    }

    public Pipeline bars(Bars handler) {
        bars = handler;
        return this;
    }

    StepHandler handler(Step.Kind kind) {
        return present(handlers.get(kind), kind.name());
    }

    ReReviewHandler reReview() {
        return present(reReview, "re-review");
    }

    Registrar registrar() {
        return present(registrar, "registration");
    }

    Bars bars() {
        return present(bars, "bars");
    }

    private static <T> T present(@Nullable T handler, String what) {
        if (handler == null) {
            throw new IllegalStateException("nobody handles " + what);
        }
        return handler;
    }
}
