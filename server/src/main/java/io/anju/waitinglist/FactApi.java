package io.anju.waitinglist;

import io.anju.api.RegistrationFactsOperations;
import io.anju.api.model.EligibilityMember;
import io.anju.api.model.FreezeRegistrationRequest;
import io.anju.api.model.LifeChanges;
import io.anju.api.model.RecordLifeChangeRequest;
import io.anju.api.model.RecordWaiverRequest;
import io.anju.api.model.RecordedWaiver;
import io.anju.api.model.SpecialGroupCode;
import io.anju.api.model.UnfreezeRegistrationRequest;
import io.anju.api.model.WaiverConsequence;
import io.anju.platform.http.Language;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.policy.Sex;
import io.anju.waitinglist.FactService.Waived;
import io.anju.waitinglist.RegisterStore.Listed;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.stream.Collectors;

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
            Request request, UUID registrationId, FreezeRegistrationRequest body) {
        var type = FreezeType.of(body.freezeType().wire());
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.freeze(
                                tx, request.caller(), registrationId, type, body.frozenFrom(), reason, request.now())
                        .map(FactApi::reply));
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> unfreezeRegistration(
            Request request, UUID registrationId, UnfreezeRegistrationRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.unfreeze(tx, request.caller(), registrationId, body.unfrozenFrom(), reason, request.now())
                        .map(FactApi::reply));
    }

    @Override
    public Future<Reply<RecordedWaiver>> recordWaiver(Request request, UUID registrationId, RecordWaiverRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.waive(
                                tx,
                                request.caller(),
                                registrationId,
                                body.offerNumber(),
                                body.waivedOn(),
                                reason,
                                request.now())
                        .map(waived -> Reply.of(recorded(waived, request.language()))));
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> recordLifeChange(
            Request request, UUID registrationId, RecordLifeChangeRequest body) {
        var reason = new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        return once.run(
                request,
                tx -> service.change(
                                tx,
                                request.caller(),
                                registrationId,
                                change(body.changes()),
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

    private static LifeChange change(LifeChanges said) {
        var members = said.members();
        var area = said.ownedAreaSqm();
        var groups = said.specialGroups();
        var category = said.category();
        return new LifeChange(
                said.areaCode(),
                category == null ? null : category.wire(),
                members == null ? null : members.stream().map(FactApi::person).toList(),
                area == null ? null : new BigDecimal(area),
                said.monthlyIncomeFen(),
                said.assetsFen(),
                groups == null
                        ? null
                        : groups.stream().map(SpecialGroupCode::wire).collect(Collectors.toUnmodifiableSet()));
    }

    private static Person person(EligibilityMember member) {
        var sex = member.sex();
        return new Person(
                Relation.valueOf(member.relation().name()),
                member.birthDate(),
                member.hukouCityCode(),
                member.hukouSince(),
                sex == null ? null : Sex.valueOf(sex.name()));
    }
}
