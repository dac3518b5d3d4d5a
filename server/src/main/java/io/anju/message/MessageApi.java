package io.anju.message;

import io.anju.api.MessageOperations;
import io.anju.api.model.MessageAnswer;
import io.anju.api.model.MessageConsent;
import io.anju.api.model.MessageConsents;
import io.anju.api.model.MessageTemplateKind;
import io.anju.api.model.RecordMessageConsentsRequest;
import io.anju.message.MessageService.Answer;
import io.anju.message.MessageService.Standing;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.util.List;

/** Consents to messages over HTTP. */
public final class MessageApi implements MessageOperations {
    private final MessageService service;
    private final Once once;

    public MessageApi(MessageService service, Once once) {
        this.service = service;
        this.once = once;
    }

    @Override
    public Future<Reply<MessageConsents>> getMessageConsents(Request request, ResidentCaller caller) {
        return service.standing(caller).map(found -> Reply.of(view(found)));
    }

    @Override
    public Future<Reply<MessageConsents>> recordMessageConsents(
            Request request, ResidentCaller caller, RecordMessageConsentsRequest body) {
        var answers = body.answers().stream()
                .map(one -> new Answer(one.templateId(), one.answer() == MessageAnswer.ACCEPT))
                .toList();
        return once.run(
                request,
                tx -> service.record(tx, caller, answers, request.now()).map(found -> Reply.of(view(found))));
    }

    private static MessageConsents view(List<Standing> found) {
        return new MessageConsents(
                MessagePolicy.MOST_UNUSED, found.stream().map(MessageApi::view).toList());
    }

    private static MessageConsent view(Standing one) {
        var consent = one.consent();
        return new MessageConsent(
                MessageTemplateKind.of(one.kind().id()),
                one.templateId(),
                consent.map(Consent::unused).orElse(0),
                consent.map(given -> given.accepted() ? MessageAnswer.ACCEPT : MessageAnswer.REJECT)
                        .orElse(null),
                consent.map(Consent::answeredAt).orElse(null));
    }
}
