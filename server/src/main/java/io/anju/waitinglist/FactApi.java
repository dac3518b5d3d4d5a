package io.anju.waitinglist;

import io.anju.api.RegistrationFactsOperations;
import io.anju.api.model.FreezeRegistrationRequest;
import io.anju.api.model.RecordLifeChangeRequest;
import io.anju.api.model.RecordWaiverRequest;
import io.anju.api.model.RecordedWaiver;
import io.anju.api.model.UnfreezeRegistrationRequest;
import io.anju.api.model.WaiverConsequence;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Language;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.waitinglist.FactService.Waived;
import io.anju.waitinglist.RegisterStore.Listed;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.util.UUID;

/** The contract's side of what staff add to the register. */
public final class FactApi implements RegistrationFactsOperations {
    private final FactService service;
    private final Once once;

    public FactApi(FactService service, Once once) {
        this.service = service;
        this.once = once;
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> freezeRegistration(
            Request request, AreaCaller caller, UUID registrationId, FreezeRegistrationRequest body) {
        var type = FreezeType.of(body.freezeType().wire());
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.freeze(tx, caller, registrationId, type, body.frozenFrom(), reason, request.now())
                        .map(FactApi::reply));
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> unfreezeRegistration(
            Request request, AreaCaller caller, UUID registrationId, UnfreezeRegistrationRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.unfreeze(tx, caller, registrationId, body.unfrozenFrom(), reason, request.now())
                        .map(FactApi::reply));
    }

    @Override
    public Future<Reply<RecordedWaiver>> recordWaiver(
            Request request, AreaCaller caller, UUID registrationId, RecordWaiverRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.waive(
                                tx, caller, registrationId, body.offerNumber(), body.waivedOn(), reason, request.now())
                        .map(waived -> Reply.of(recorded(waived, request.language()))));
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> recordLifeChange(
            Request request, AreaCaller caller, UUID registrationId, RecordLifeChangeRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.change(
                                tx,
                                caller,
                                registrationId,
                                LifeChangeContract.read(body.changes()),
                                body.effectiveOn(),
                                reason,
                                request.now())
                        .map(FactApi::reply));
    }

    private static Reply<io.anju.api.model.Registration> reply(Registration registration) {
        return Reply.of(WaitingListContract.registration(new Listed(registration, null)));
    }

    private static RecordedWaiver recorded(Waived waived, Language language) {
        var waiver = waived.waiver();
        return new RecordedWaiver(
                waived.registration().id(),
                waiver.number(),
                WaiverConsequence.of(waiver.consequence().id()),
                waiver.barredUntil(),
                waiver.text().in(language.tag()),
                WaitingListContract.state(waived.registration()));
    }
}
