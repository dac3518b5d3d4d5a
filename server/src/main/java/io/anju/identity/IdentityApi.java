package io.anju.identity;

import io.anju.api.IdentityOperations;
import io.anju.api.model.BindIdentityRequest;
import io.anju.api.model.BoundIdentity;
import io.anju.api.model.IssuePartnerTokenRequest;
import io.anju.api.model.LogInStaffRequest;
import io.anju.api.model.LogInWithPhoneRequest;
import io.anju.api.model.LogInWithWeChatRequest;
import io.anju.api.model.Me;
import io.anju.api.model.OneTimeCodeChallenge;
import io.anju.api.model.PartnerToken;
import io.anju.api.model.RefreshSessionRequest;
import io.anju.api.model.RequestOneTimeCodeRequest;
import io.anju.api.model.Session;
import io.anju.api.model.SigningKeySet;
import io.anju.api.model.StaffSession;
import io.anju.platform.db.Db;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;

/** Log-in, sessions and binding over HTTP. */
public final class IdentityApi implements IdentityOperations {
    private final IdentityService service;
    private final IdentityParts parts;
    private final Db db;
    private final Once once;
    private final LogInRecords records;

    public IdentityApi(IdentityService service, Db db, Once once) {
        this.service = service;
        this.parts = service.parts();
        this.db = db;
        this.once = once;
        this.records = new LogInRecords(db);
    }

    @Override
    public Future<Reply<Session>> logInWithWeChat(Request request, LogInWithWeChatRequest body) {
        return records.ofResident(
                Optional.empty(),
                "wechat",
                once.run(
                        request,
                        () -> parts.logIns().askWeChat(body.code()),
                        (tx, asked) -> parts.logIns()
                                .withWeChat(tx, asked, Device.of(request), request.now())
                                .map(IdentityView::session)
                                .map(Reply::of)));
    }

    @Override
    public Future<Reply<OneTimeCodeChallenge>> requestOneTimeCode(Request request, RequestOneTimeCodeRequest body) {
        var phone = PhoneNumbers.normalise(body.phone());
        if (phone.isEmpty()) {
            return Future.failedFuture(Refusal.at("/phone", IdentityProblem.INVALID_PHONE));
        }
        var whence = new OneTimeCodes.Whence(request.remoteAddress(), body.deviceId());
        return once.run(
                request,
                tx -> parts.codes()
                        .request(tx, phone.get(), whence, request.language(), request.now())
                        .map(challenge -> Reply.of(new OneTimeCodeChallenge(challenge.id(), challenge.expiresAt()))));
    }

    @Override
    public Future<Reply<Session>> logInWithPhone(Request request, LogInWithPhoneRequest body) {
        return records.ofResident(
                Optional.of(body.challengeId()),
                "phone",
                once.run(
                        request,
                        () -> parts.codes().tryCode(body.challengeId(), body.code(), request.now()),
                        (tx, tried) -> parts.logIns()
                                .withPhone(tx, tried, request.remoteAddress(), Device.of(request), request.now())
                                .map(IdentityView::session)
                                .map(Reply::of)));
    }

    /** The guard comes before the stored answers: they must not give a spent token back to whoever copied it. */
    @Override
    public Future<Reply<Session>> refreshSession(Request request, RefreshSessionRequest body) {
        var token = body.refreshToken();
        return parts.sessions()
                .guard(token, request.now())
                .compose(done -> once.run(
                        request,
                        tx -> parts.sessions()
                                .refresh(tx, token, request.now())
                                .map(IdentityView::session)
                                .map(Reply::of)))
                // a copy that came to light only under the lock: its refusal rolled back, the session's end must not
                .recover(e -> isReuse(e)
                        ? parts.sessions().guard(token, request.now()).transform(done -> Future.failedFuture(e))
                        : Future.failedFuture(e));
    }

    @Override
    public Future<Reply<Void>> logOut(Request request, AccountCaller caller) {
        var sessionId = caller.sessionId();
        if (sessionId == null) {
            return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
        }
        return once.run(
                        request,
                        tx -> parts.sessions().end(tx, sessionId, request.now()).map(Reply.empty()))
                .onSuccess(done -> parts.sessions().forget(sessionId));
    }

    @Override
    public Future<Reply<Me>> getMe(Request request, ResidentCaller caller) {
        return service.resident(db, caller.id()).map(IdentityView::me).map(Reply::of);
    }

    @Override
    public Future<Reply<BoundIdentity>> bindIdentity(Request request, ResidentCaller caller, BindIdentityRequest body) {
        return parts.sessions()
                .ending(over -> once.run(
                        request,
                        () -> service.countBinding(caller, request.now()),
                        (tx, counted) -> service.bind(
                                        tx, caller, body.realName(), body.nationalId(), request.today(), request.now())
                                .onSuccess(bound -> over.addAll(bound.ended()))
                                .map(IdentityView::bound)
                                .map(Reply::of)));
    }

    @Override
    public Future<Reply<StaffSession>> logInStaff(Request request, LogInStaffRequest body) {
        return records.ofStaff(
                body.username(),
                body.totp() == null ? "password" : "password and authenticator app",
                once.run(
                        request,
                        () -> parts.logIns()
                                .checkStaff(
                                        body.username(),
                                        body.password(),
                                        body.totp(),
                                        request.remoteAddress(),
                                        request.now()),
                        (tx, proven) -> parts.logIns()
                                .openStaff(tx, proven, Device.of(request), request.now())
                                .map(tokens -> Reply.of(IdentityView.staffSession(
                                        tokens,
                                        proven.staff(),
                                        parts.secondStep().isOwed(proven.staff()))))));
    }

    @Override
    public Future<Reply<PartnerToken>> issuePartnerToken(Request request, IssuePartnerTokenRequest body) {
        return records.ofPartner(
                body.clientId(),
                body.clientSecret() == null ? "signed assertion" : "secret",
                once.run(
                        request,
                        () -> check(request, body),
                        (tx, proven) -> parts.logIns()
                                .openPartner(tx, proven, request.now())
                                .map(token -> Reply.of(IdentityView.partnerToken(token, proven.partner())))));
    }

    private Future<LogIns.ProvenPartner> check(Request request, IssuePartnerTokenRequest body) {
        var secret = body.clientSecret();
        var assertion = body.clientAssertion();
        if ((secret == null) == (assertion == null)) {
            return Future.failedFuture(Refusal.at("/clientAssertion", IdentityProblem.ONE_CREDENTIAL_NEEDED));
        }
        return secret != null
                ? parts.logIns().checkPartner(body.clientId(), secret, request.remoteAddress(), request.now())
                : parts.logIns()
                        .checkAssertion(
                                body.clientId(),
                                Objects.requireNonNull(assertion),
                                request.remoteAddress(),
                                request.now());
    }

    @Override
    public Future<Reply<SigningKeySet>> getSigningKeys(Request request) {
        var keys = parts.keys().publicKeys(request.now());
        return Future.succeededFuture(Reply.of(IdentityView.signingKeys(keys)));
    }

    private static boolean isReuse(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == IdentityProblem.REFRESH_TOKEN_REUSED;
    }
}
