package io.anju.complaint;

import io.anju.api.model.ComplaintSummary;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.util.function.Function;

/** What residents' and offices' operations share: something is done to a complaint, and where it stands is answered. */
final class Acting {
    private final PolicyService policies;
    private final Once once;

    Acting(PolicyService policies, Once once) {
        this.policies = policies;
        this.once = once;
    }

    Future<Reply<ComplaintSummary>> run(Request request, Function<Tx, Future<Complaint>> effect) {
        return once.run(
                request,
                tx -> effect.apply(tx).map(complaint -> Reply.of(view(request).summary(complaint))));
    }

    ComplaintView view(Request request) {
        return new ComplaintView(policies, request);
    }
}
