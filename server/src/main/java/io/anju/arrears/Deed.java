package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Step;
import io.anju.platform.jobs.Outbox.Draft;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a night does about one tenancy: decided one by one, written for many at once.
 *
 * @param step null where none is due
 * @param proposed what is new
 * @param ended proposals that nobody decides on any more, or that payment takes back
 */
record Deed(
        ArrearsCase of,
        boolean opens,
        boolean closes,
        @Nullable Step step,
        List<Proposal> proposed,
        List<Proposal> ended) {
    Deed {
        proposed = List.copyOf(proposed);
        ended = List.copyOf(ended);
    }

    /** Everything is paid: what waits for a decision lapses, what was approved about the debt is taken back. */
    static Deed closing(ArrearsCase of, List<Proposal> proposals) {
        var ended = proposals.stream()
                .filter(one -> one.isOpen() || one.isWithdrawnByPayment())
                .toList();
        return new Deed(of, false, true, null, List.of(), ended);
    }

    /** What others are told of it, in the order in which it happened. */
    List<Draft> events() {
        var events = new ArrayList<Draft>();
        if (opens) {
            events.add(about("arrears.case-opened", told()));
        }
        for (var one : ended) {
            var what = one.isOpen() ? "arrears.proposal-lapsed" : "arrears.proposal-withdrawn";
            events.add(about(what, one.payload()));
        }
        if (step != null) {
            var payload = told().put("stepId", step.id().toString()).put("action", ArrearsCase.id(step.action()));
            events.add(about("arrears.step-taken", payload));
        }
        proposed.forEach(one -> events.add(about("arrears.proposed", one.payload())));
        if (closes) {
            events.add(about("arrears.case-closed", told()));
        }
        return events;
    }

    private JsonObject told() {
        return ArrearsEvents.about(of.tenantFrom());
    }

    private Draft about(String topic, JsonObject payload) {
        return new Draft(topic, of.leaseId(), payload.encode());
    }
}
