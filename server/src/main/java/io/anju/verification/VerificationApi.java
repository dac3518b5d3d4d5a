package io.anju.verification;

import io.anju.api.VerificationOperations;
import io.anju.api.model.AnswerSource;
import io.anju.api.model.AnswerVerificationRequestRequest;
import io.anju.api.model.RecordVerificationAnswerRequest;
import io.anju.api.model.VerificationAnswer;
import io.anju.api.model.VerificationAnswerReceipt;
import io.anju.api.model.VerificationList;
import io.anju.api.model.VerificationRequest;
import io.anju.api.model.VerificationRequestPage;
import io.anju.api.model.VerificationResult;
import io.anju.api.model.VerificationStatus;
import io.anju.api.model.VerificationSubject;
import io.anju.platform.http.AgencyCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.verification.VerificationService.Asked;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of joint verification. */
public final class VerificationApi implements VerificationOperations {
    private static final String REQUESTS = "listVerificationRequests";

    private final VerificationService service;
    private final Once once;
    private final Cursors cursors;

    public VerificationApi(VerificationService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<VerificationList>> listVerifications(Request request, OfficeCaller caller, UUID taskId) {
        return service.list(caller, taskId)
                .map(found -> Reply.of(new VerificationList(
                        VerificationPolicy.standingAgainst(found).isEmpty(),
                        found.stream().map(one -> view(request, one)).toList())));
    }

    @Override
    public Future<Reply<io.anju.api.model.Verification>> recordVerificationAnswer(
            Request request, OfficeCaller caller, UUID taskId, RecordVerificationAnswerRequest body) {
        var content = new Answer.Content(body.evidenceNumber(), body.statedValue(), body.overrideReason());
        var draft = new Answer.Draft(result(body.result()), body.asOf(), content);
        return once.run(
                request,
                tx -> service.record(tx, caller, taskId, body.agency(), body.fact(), draft, request.now())
                        .map(verification -> Reply.of(view(request, verification))));
    }

    @Override
    public Future<Reply<VerificationRequestPage>> listVerificationRequests(
            Request request, AgencyCaller caller, @Nullable String fact, @Nullable String cursor, int limit) {
        // a cursor is bound to its filter; one more than asked for tells whether there is a next page
        var name = REQUESTS + "/" + (fact == null ? "" : fact);
        var after = cursors.uuid(name, cursor);
        return service.waiting(caller, fact, after, limit, request.now()).map(page -> {
            var last = page.last();
            var next = last == null ? null : cursors.seal(name, last);
            return Reply.of(new VerificationRequestPage(
                    page.asked().stream().map(VerificationApi::request).toList(), next));
        });
    }

    @Override
    public Future<Reply<VerificationAnswerReceipt>> answerVerificationRequest(
            Request request, AgencyCaller caller, UUID requestId, AnswerVerificationRequestRequest body) {
        var content = new Answer.Content(body.evidenceNumber(), body.statedValue(), null);
        var draft = new Answer.Draft(result(body.result()), body.asOf(), content);
        return once.run(
                request,
                tx -> service.answer(tx, caller, requestId, draft, request.now())
                        .map(answerId -> Reply.of(new VerificationAnswerReceipt(requestId, answerId, request.now()))));
    }

    private io.anju.api.model.Verification view(Request request, Verification verification) {
        var latest = verification.latest();
        return new io.anju.api.model.Verification(
                verification.requestId(),
                verification.agency(),
                service.agencyName(verification).in(request.language().tag()),
                verification.fact(),
                verification.required(),
                VerificationStatus.of(wire(VerificationPolicy.status(verification))),
                latest == null ? null : view(latest));
    }

    private static VerificationAnswer view(Answer answer) {
        return new VerificationAnswer(
                VerificationResult.of(answer.result().id()),
                answer.asOf(),
                answer.content().evidenceNumber(),
                answer.content().statedValue(),
                answer.content().overrideReason(),
                AnswerSource.of(answer.source().id()),
                answer.answeredAt());
    }

    private static VerificationRequest request(Asked asked) {
        var request = asked.request();
        return new VerificationRequest(
                request.requestId(),
                request.cityCode(),
                request.fact(),
                request.required(),
                asked.subjects().stream()
                        .map(member -> new VerificationSubject(member.fullName(), member.nationalId()))
                        .toList(),
                asked.declared(),
                request.requestedAt());
    }

    private static Answer.Result result(VerificationResult result) {
        return Answer.Result.of(result.wire());
    }

    private static String wire(Verification.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
