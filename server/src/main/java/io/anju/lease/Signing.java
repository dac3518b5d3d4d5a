package io.anju.lease;

import io.anju.application.ApplicationService;
import io.anju.application.Household;
import io.anju.identity.IdentityService;
import io.anju.identity.NationalId;
import io.anju.identity.RealName;
import io.anju.lease.LeaseFile.Role;
import io.anju.lease.LeaseFile.Signer;
import io.anju.lease.LeasePolicy.Asked;
import io.anju.lease.LeasePolicy.Quote;
import io.anju.lease.LeaseStore.Signed;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyService;
import io.anju.policy.Relation;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.Reason;
import io.anju.waitinglist.RegistrationExit;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a lease comes about: from the waiting list, from what staff enter, or from the lease before it. */
final class Signing {
    private final PolicyService policies;
    private final WaitingListService register;
    private final ApplicationService applications;
    private final IdentityService identity;
    private final HomeStore homes = new HomeStore();
    private final LeaseStore leases = new LeaseStore();
    private final PartyStore parties;

    Signing(
            Vault vault,
            PolicyService policies,
            WaitingListService register,
            ApplicationService applications,
            IdentityService identity) {
        this.policies = policies;
        this.register = register;
        this.applications = applications;
        this.identity = identity;
        this.parties = new PartyStore(vault);
    }

    /** Who signs, and the facts that the rent follows from. */
    private record Signers(Signer tenant, HouseholdFacts household) {}

    /** Gives the id of the new lease. */
    Future<UUID> sign(Tx tx, CityCaller caller, SignOrder order, Instant now) {
        var cityCode = caller.office().cityCode();
        var today = Shanghai.date(now);
        LeasePolicy.checkTerm(order.from(), order.to(), order.signedOn(), today);
        checkPersons(order, today);
        return homes.find(tx, order.homeId(), cityCode)
                .map(found -> found.orElseThrow(() -> Refusal.at("/homeId", LeaseProblem.HOME_UNKNOWN)))
                .compose(home -> signers(tx, caller, order, now)
                        .compose(signers -> quote(tx, order, home, signers.household())
                                .compose(quote -> write(tx, caller, order, home, signers, quote, now))));
    }

    private static void checkPersons(SignOrder order, LocalDate today) {
        var findings = new ArrayList<Finding>();
        if (order.tenant() != null) {
            checkPerson("/tenant", order.tenant(), today, findings);
        }
        for (var i = 0; i < order.coTenants().size(); i++) {
            checkPerson("/coTenants/" + i, order.coTenants().get(i), today, findings);
        }
        if (!findings.isEmpty()) {
            throw Refusal.of(LeaseProblem.PERSON_NOT_VALID, findings);
        }
    }

    private static void checkPerson(String pointer, Signer signer, LocalDate today, List<Finding> findings) {
        if (RealName.normalise(signer.fullName()).isEmpty()) {
            findings.add(Finding.of(pointer + "/fullName", LeaseProblem.PERSON_NOT_VALID));
        }
        NationalId.check(signer.nationalId(), today)
                .ifPresent(fault -> findings.add(Finding.of(pointer + "/nationalId", fault)));
    }

    static void requirePerson(Signer signer, LocalDate today) {
        var findings = new ArrayList<Finding>();
        checkPerson("", signer, today, findings);
        if (!findings.isEmpty()) {
            throw Refusal.of(LeaseProblem.PERSON_NOT_VALID, findings);
        }
    }

    private Future<Signers> signers(Tx tx, CityCaller caller, SignOrder order, Instant now) {
        var registrationId = order.registrationId();
        if (registrationId == null) {
            return Future.succeededFuture(new Signers(
                    given(order.tenant(), "/tenant", LeaseProblem.TENANT_REQUIRED),
                    given(order.household(), "/household", LeaseProblem.HOUSEHOLD_REQUIRED)));
        }
        return register.candidate(tx, caller, registrationId)
                .map(found -> found.orElseThrow(() -> Refusal.at("/registrationId", LeaseProblem.REGISTRATION_UNKNOWN)))
                .compose(candidate -> tenant(
                                tx, caller, order, candidate.registration().applicationId(), now)
                        .map(tenant -> new Signers(tenant, candidate.facts())));
    }

    private static <T> T given(@Nullable T value, String pointer, LeaseProblem code) {
        if (value == null) {
            throw Refusal.at(pointer, code);
        }
        return value;
    }

    /** The applicant, unless staff name another one; a household of an imported register has no application. */
    private Future<Signer> tenant(Tx tx, CityCaller caller, SignOrder order, UUID applicationId, Instant now) {
        var named = order.tenant();
        if (named != null) {
            return Future.succeededFuture(named);
        }
        return applications
                .findCase(tx, applicationId)
                .map(found -> found.orElseThrow(() -> Refusal.at("/tenant", LeaseProblem.TENANT_REQUIRED)))
                .compose(file -> applications.recordReading(
                        tx, applicationId, caller.id(), caller.office().name(), "签订租赁合同", now))
                .compose(recorded -> applications.household(tx, applicationId))
                .map(Signing::applicant);
    }

    private static Signer applicant(Household household) {
        return household.members().stream()
                .filter(member -> member.relation() == Relation.APPLICANT)
                .map(member -> new Signer(member.fullName(), member.nationalId()))
                .findFirst()
                .orElseThrow();
    }

    private Future<Quote> quote(Tx tx, SignOrder order, Home home, HouseholdFacts household) {
        return policies.inForce(tx, home.cityCode(), order.programme(), order.signedOn())
                .compose(policy -> homes.ratesOn(tx, home.estateId(), order.from())
                        .map(rates -> LeasePolicy.quote(
                                policy,
                                household,
                                home.areaSqm(),
                                rates,
                                new Asked(1, order.from(), order.signedOn(), true))));
    }

    private Future<UUID> write(
            Tx tx, CityCaller caller, SignOrder order, Home home, Signers signers, Quote quote, Instant now) {
        var id = Ids.next(now);
        return number(tx, home.cityCode(), order.signedOn())
                .map(number -> new Signed(
                        id,
                        number,
                        order.programme(),
                        home,
                        order.registrationId(),
                        null,
                        order.from(),
                        order.to(),
                        order.signedOn(),
                        quote.depositFen(),
                        quote.terms().policyDigest()))
                .compose(signed -> leases.insert(tx, signed, caller.id(), now)
                        .compose(written -> leaveTheList(tx, caller, signed, now)))
                .compose(left -> parties.insertTerms(tx, id, quote.terms(), quote.basis(), null, now))
                .compose(written -> add(tx, id, Role.TENANT, signers.tenant(), order.from(), null, now))
                .compose(added -> addAll(tx, id, order.coTenants(), order.from(), now))
                .map(id);
    }

    private Future<String> number(Tx tx, String cityCode, LocalDate signedOn) {
        return leases.nextNumber(tx).map(number -> "ZL-%s-%04d-%07d".formatted(cityCode, signedOn.getYear(), number));
    }

    /** Whoever gets a home leaves the waiting list for it, in the same transaction. */
    private Future<Void> leaveTheList(Tx tx, CityCaller caller, Signed signed, Instant now) {
        var registrationId = signed.registrationId();
        if (registrationId == null) {
            return Future.succeededFuture();
        }
        var reason = new Reason(
                "已签订租赁合同 " + signed.number(), "《公共租赁住房管理办法》第十七条", signed.number(), "如有异议，可自收到通知之日起六十日内申请行政复议");
        var home = new io.anju.waitinglist.Registration.Home(
                signed.home().estateName(), signed.home().rooms());
        var exit = new RegistrationExit(ExitType.HOUSED, signed.signedOn(), reason, home);
        return register.exit(tx, caller, registrationId, exit, now).mapEmpty();
    }

    Future<Void> add(Tx tx, UUID id, Role role, Signer signer, LocalDate from, @Nullable String reason, Instant now) {
        var clean = new Signer(
                RealName.normalise(signer.fullName()).orElse(signer.fullName()),
                signer.nationalId().toUpperCase(Locale.ROOT));
        return parties.insert(
                tx, id, role, clean, Buffer.buffer(identity.personIndex(clean.nationalId())), from, reason, now);
    }

    private Future<Void> addAll(Tx tx, UUID id, List<Signer> coTenants, LocalDate from, Instant now) {
        Future<Void> added = Future.succeededFuture();
        for (var signer : coTenants) {
            added = added.compose(before -> add(tx, id, Role.CO_TENANT, signer, from, null, now));
        }
        return added;
    }

    /** Signs the lease that follows: the same people and home, the rent of the rules in force today, the old deposit. */
    Future<UUID> renew(Tx tx, Caller caller, Lease before, LocalDate to, Instant now) {
        var from = before.to().plusDays(1);
        var today = Shanghai.date(now);
        LeasePolicy.checkTerm(from, to, today, today);
        var id = Ids.next(now);
        return requote(tx, before, 1, from, null, today)
                .compose(quote -> number(tx, before.cityCode(), today)
                        .map(number -> new Signed(
                                id,
                                number,
                                before.programme(),
                                before.home(),
                                before.registrationId(),
                                before.id(),
                                from,
                                to,
                                today,
                                before.depositFen(),
                                quote.terms().policyDigest()))
                        .compose(signed -> leases.insert(tx, signed, caller.id(), now))
                        .compose(written -> parties.insertTerms(tx, id, quote.terms(), quote.basis(), null, now)))
                .compose(written -> parties.signers(tx, before.id()))
                .compose(signers -> addKnown(tx, id, signers, from, now))
                .map(id);
    }

    private Future<Void> addKnown(Tx tx, UUID id, List<PartyStore.Known> signers, LocalDate from, Instant now) {
        Future<Void> added = Future.succeededFuture();
        for (var one : signers) {
            added = added.compose(
                    before -> parties.insert(tx, id, one.role(), one.signer(), one.personIndex(), from, null, now));
        }
        return added;
    }

    /**
     * The terms of a lease from a day on, by the rules in force on {@code asOf}.
     *
     * @param household null for the facts that the newest terms follow from
     */
    Future<Quote> requote(
            Tx tx, Lease lease, int number, LocalDate from, @Nullable HouseholdFacts household, LocalDate asOf) {
        var facts = household == null
                ? parties.basis(tx, lease.id(), null).map(LeaseFile.Basis::household)
                : Future.succeededFuture(household);
        return facts.compose(known -> policies.inForce(tx, lease.cityCode(), lease.programme(), asOf)
                .compose(policy -> homes.ratesOn(tx, lease.home().estateId(), from)
                        .map(rates -> LeasePolicy.quote(
                                policy, known, lease.home().areaSqm(), rates, new Asked(number, from, asOf, false)))));
    }
}
