package io.anju.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.IdentityService;
import io.anju.message.MessagePolicy.Outcome;
import io.anju.platform.config.Settings.MessageTemplate;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Refusal;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to WeChat (subscribeMessage.send).
 *
 * <p>No transaction is open while WeChat is asked, so an answer may be lost and the message sent again. WeChat gives one
 * message for each consent: where the lost one took the last, it answers 43101. Where the resident had given more, the
 * message comes twice; our count is then one too high until WeChat's next 43101 ends it.
 */
final class MessageSending {
    static final String KIND = "message.send";

    private static final Logger LOG = LoggerFactory.getLogger(MessageSending.class);
    private static final String PATH = "/cgi-bin/message/subscribe/send";

    private final Db db;
    private final IdentityService identity;
    private final Templates templates;
    private final MessageStore messages = new MessageStore();
    private final ConsentStore consents = new ConsentStore();

    MessageSending(Db db, IdentityService identity, Templates templates) {
        this.db = db;
        this.identity = identity;
        this.templates = templates;
    }

    /** The key is the message's id, behind a colon the number of the tries before. */
    Future<Void> run(Job job) {
        var id = UUID.fromString(job.key().split(":", 2)[0]);
        return messages.waiting(db, id)
                .compose(found -> found.isPresent() ? send(job, found.get()) : Future.succeededFuture());
    }

    private Future<Void> send(Job job, Message message) {
        var template = templates.of(message.kind()).filter(one -> one.id().equals(message.templateId()));
        if (template.isEmpty()) {
            // replaced or taken away since
            return end(job, message, Outcome.FAILED, null);
        }
        return identity.openId(db, message.residentId())
                .compose(openId -> openId.isEmpty()
                        ? end(job, message, Outcome.FAILED, null)
                        : ask(message, template.get(), openId.get()).compose(answer -> told(job, message, answer)));
    }

    /** Empty where there was no answer. */
    private Future<Optional<Integer>> ask(Message message, MessageTemplate template, String openId) {
        return identity.weChat()
                .post(PATH, body(message, template).put("touser", openId))
                .map(MessageSending::errcode)
                .recover(failure -> failure instanceof Refusal
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private static Optional<Integer> errcode(JsonNode answer) {
        var code = answer.path("errcode");
        return code.isInt() ? Optional.of(code.asInt()) : Optional.empty();
    }

    static JsonObject body(Message message, MessageTemplate template) {
        var data = new JsonObject()
                .put(template.thing(), value(message.thing()))
                .put(template.amount(), value(MessagePolicy.amount(message.amountFen())))
                .put(template.date(), value(MessagePolicy.date(message.day())));
        return new JsonObject().put("template_id", template.id()).put("data", data);
    }

    private static JsonObject value(String text) {
        return new JsonObject().put("value", text);
    }

    private Future<Void> told(Job job, Message message, Optional<Integer> errcode) {
        var outcome = errcode.map(MessagePolicy::outcome).orElse(Outcome.LATER);
        if (outcome == Outcome.FAILED) {
            LOG.error(
                    "WeChat refuses a message of the kind {}: {}",
                    message.kind().id(),
                    errcode.orElseThrow());
        }
        return outcome == Outcome.LATER
                ? later(job, message, errcode.orElse(null))
                : end(job, message, outcome, errcode.orElse(null));
    }

    private Future<Void> later(Job job, Message message, @Nullable Integer errcode) {
        var tries = message.tries() + 1;
        var wait = MessagePolicy.waitAfter(tries);
        return wait.isEmpty()
                ? end(job, message, Outcome.GIVEN_UP, errcode)
                : db.inTransaction(tx -> Jobs.hold(tx, job)
                        .compose(held -> messages.tried(tx, message.id(), tries, errcode))
                        .compose(noted -> Jobs.enqueue(
                                tx,
                                KIND,
                                message.id() + ":" + tries,
                                "{}",
                                job.now().plus(wait.get()))));
    }

    private Future<Void> end(Job job, Message message, Outcome outcome, @Nullable Integer errcode) {
        return db.inTransaction(tx -> Jobs.hold(tx, job)
                        .compose(held ->
                                outcome == Outcome.REFUSED ? endConsents(tx, job, message) : Future.succeededFuture())
                        .compose(done -> messages.end(tx, message.id(), id(outcome), errcode, job.now())))
                .onSuccess(ended -> Metrics.counter(
                                "anju.messages", "kind", message.kind().id(), "outcome", id(outcome))
                        .increment());
    }

    private Future<Void> endConsents(Tx tx, Job job, Message message) {
        return consents.end(tx, message.residentId(), message.templateId(), job.now());
    }

    private static String id(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
