package io.anju.message;

import io.anju.arrears.ArrearsRoom;
import io.anju.identity.IdentityService;
import io.anju.lease.LeaseService;
import io.anju.payment.PaymentService;
import io.anju.platform.audit.Audit;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Refusal;
import io.anju.rent.RentService;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Consents to one-time messages, and the work that makes and sends the messages. */
public final class MessageService {
    private static final Duration PERIOD = Duration.ofSeconds(15);

    private final Db db;
    private final Templates templates;
    private final MessageMaking making;
    private final MessageSending sending;
    private final ConsentStore consents = new ConsentStore();

    public MessageService(
            Db db,
            Settings.WeChatMessages settings,
            IdentityService identity,
            LeaseService leases,
            RentService rent,
            ArrearsRoom arrears,
            PaymentService payments) {
        this.db = db;
        this.templates = new Templates(settings);
        var occasions = new Occasions(new Occasions.Neighbours(identity, leases, rent, arrears, payments));
        this.making = new MessageMaking(db, templates, occasions);
        this.sending = new MessageSending(db, identity, templates);
    }

    public void handleJobs(Jobs jobs) {
        jobs.every(PERIOD, "message.make", making::run);
        jobs.handle(MessageSending.KIND, sending::run);
    }

    /** Where a resident stands with a template of this deployment. */
    record Standing(MessageKind kind, String templateId, Optional<Consent> consent) {}

    Future<List<Standing>> standing(ResidentCaller caller) {
        return standing(db, caller);
    }

    private Future<List<Standing>> standing(Sql sql, ResidentCaller caller) {
        return consents.of(sql, caller.id())
                .map(found -> templates.all().entrySet().stream()
                        .map(one -> {
                            var id = one.getValue().id();
                            return new Standing(
                                    one.getKey(),
                                    id,
                                    found.stream()
                                            .filter(consent ->
                                                    consent.templateId().equals(id))
                                            .findFirst());
                        })
                        .toList());
    }

    /** What the resident answered in the mini-program about a template. */
    record Answer(String templateId, boolean accepted) {}

    Future<List<Standing>> record(Tx tx, ResidentCaller caller, List<Answer> answers, Instant now) {
        requireKnown(answers);
        Future<Void> done = Future.succeededFuture();
        for (var answer : answers.stream()
                .sorted(Comparator.comparing(Answer::templateId))
                .toList()) {
            done = done.compose(before -> answer.accepted()
                    ? consents.accept(tx, caller.id(), answer.templateId(), now)
                    : consents.reject(tx, caller.id(), answer.templateId(), now));
        }
        return done.compose(
                        written -> Audit.record(tx, caller, "message.consents-recorded", "resident", caller.id(), null))
                .compose(audited -> standing(tx, caller));
    }

    private void requireKnown(List<Answer> answers) {
        var seen = new HashSet<String>();
        for (int place = 0; place < answers.size(); place++) {
            var pointer = "/answers/" + place + "/templateId";
            var id = answers.get(place).templateId();
            if (!templates.has(id)) {
                throw Refusal.at(pointer, MessageProblem.UNKNOWN_MESSAGE_TEMPLATE);
            }
            if (!seen.add(id)) {
                throw Refusal.at(pointer, MessageProblem.MESSAGE_TEMPLATE_TWICE);
            }
        }
    }
}
