package io.anju.message;

import io.anju.platform.config.Settings.MessageTemplate;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.jobs.Outbox.Event;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Reads what happened and makes messages of it: the consent is taken, the message written, its sending queued and the
 * place in the outbox noted in one transaction.
 */
final class MessageMaking {
    private static final String CONSUMER = "message";
    private static final int EVENTS = 500;
    /** What is left is read the next time: a chain of futures nests as deep as it is long. */
    private static final int STEPS = 100;
    /** Nobody is told what is older, as after the templates were set up or a long outage. */
    private static final Duration NEWS = Duration.ofDays(1);

    private final Db db;
    private final Templates templates;
    private final Occasions occasions;
    private final ConsentStore consents = new ConsentStore();
    private final MessageStore messages = new MessageStore();

    MessageMaking(Db db, Templates templates, Occasions occasions) {
        this.db = db;
        this.templates = templates;
        this.occasions = occasions;
    }

    /** Goes on towards the newest event; without templates too, so that the retention of events does not wait. */
    Future<Void> run(Job job) {
        return run(job, STEPS);
    }

    private Future<Void> run(Job job, int left) {
        return db.inTransaction(tx -> Jobs.hold(tx, job).compose(held -> step(tx, job.now())))
                .compose(read -> read < EVENTS || left == 1 ? Future.succeededFuture() : run(job, left - 1));
    }

    private Future<Integer> step(Tx tx, Instant now) {
        return Outbox.position(tx, CONSUMER)
                .compose(after -> Outbox.read(tx, after, EVENTS))
                .compose(events -> events.isEmpty()
                        ? Future.succeededFuture(0)
                        : tell(tx, events, now)
                                .compose(told -> Outbox.advance(
                                        tx,
                                        CONSUMER,
                                        events.get(events.size() - 1).position()))
                                .map(events.size()));
    }

    private Future<Void> tell(Tx tx, List<Event> events, Instant now) {
        var ids = templates.all().values().stream().map(MessageTemplate::id).toList();
        return consents.any(tx, ids)
                .compose(given -> given
                        ? messages.now(tx)
                                .compose(there -> occasions.of(tx, since(events, there.minus(NEWS))))
                                .compose(found -> make(tx, found, now))
                        : Future.succeededFuture());
    }

    private static List<Event> since(List<Event> events, Instant oldest) {
        return events.stream().filter(event -> event.at().isAfter(oldest)).toList();
    }

    /** In the order in which a resident's answers lock consents, so that neither waits for the other in a ring. */
    private Future<Void> make(Tx tx, List<Occasion> found, Instant now) {
        var ordered = found.stream()
                .filter(one -> templates.of(one.kind()).isPresent())
                .sorted(Comparator.comparing(Occasion::residentId)
                        .thenComparing(one -> templateOf(one).id())
                        .thenComparing(Occasion::eventId))
                .toList();
        Future<Void> done = Future.succeededFuture();
        for (var one : ordered) {
            done = done.compose(before -> make(tx, one, now));
        }
        return done;
    }

    private Future<Void> make(Tx tx, Occasion of, Instant now) {
        var id = Ids.next(now);
        return messages.make(tx, id, of, templateOf(of).id(), now)
                .compose(made -> made
                        ? Jobs.enqueue(tx, MessageSending.KIND, id.toString(), "{}", now)
                        : Future.succeededFuture());
    }

    private MessageTemplate templateOf(Occasion one) {
        return templates.of(one.kind()).orElseThrow();
    }
}
