package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.StaffCaller;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private @Nullable Impartiality impartiality;
    private @Nullable Amendments amendments;

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

    public Pipeline amendments(Amendments keeper) {
        amendments = keeper;
        return this;
    }

    StepHandler handler(Step.Kind kind) {
        return present(handlers.get(kind), kind.name());
    }

    ReReviewHandler reReview() {
        return present(reReview, "re-review");
    }

    /** Says who keeps members of staff from cases of people close to them. */
    public Pipeline impartiality(Impartiality keeper) {
        impartiality = keeper;
        return this;
    }

    /** Refuses whoever is too close to a household to work on its case, or to look at its file. */
    Future<Void> requireImpartial(Tx tx, StaffCaller caller, UUID holder) {
        return present(impartiality, "recusal").require(tx, caller, holder);
    }

    Future<List<UUID>> tooCloseTo(Tx tx, Caller caller) {
        return present(impartiality, "recusal").holders(tx, caller);
    }

    Amendments amendments() {
        return present(amendments, "amendments");
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
