package io.anju.lease;

import io.anju.api.model.EligibilityHousehold;
import io.anju.api.model.FileAmendment;
import io.anju.api.model.LeaseEndGround;
import io.anju.api.model.LeaseHome;
import io.anju.api.model.LeasePerson;
import io.anju.api.model.LeaseRenewal;
import io.anju.api.model.LeaseTenant;
import io.anju.api.model.LeaseTermination;
import io.anju.api.model.PolicyRentTerms;
import io.anju.api.model.TerminationState;
import io.anju.lease.LeaseFile.Party;
import io.anju.lease.LeaseFile.Role;
import io.anju.lease.LeaseFile.Signer;
import io.anju.platform.http.Language;
import io.anju.platform.problem.Refusal;
import io.anju.policy.DeclaredFacts;
import io.anju.policy.EstimateView;
import io.anju.policy.HouseholdFacts;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leases in the contract's words. */
public final class LeaseContract {
    private static final int AREA_DECIMALS = 2;

    private LeaseContract() {}

    static LeaseHome home(Home home, @Nullable Boolean vacant) {
        return new LeaseHome(
                home.id(),
                home.estateName(),
                home.building(),
                home.number(),
                home.areaSqm().setScale(AREA_DECIMALS, RoundingMode.UNNECESSARY).toPlainString(),
                home.rooms(),
                home.provider(),
                vacant);
    }

    static io.anju.api.model.Lease lease(Lease lease) {
        return lease(lease, null, null, null);
    }

    /** With everyone who signed and every rent that it ever had. */
    public static io.anju.api.model.Lease lease(LeaseFile file, Language language) {
        return lease(file, null, language);
    }

    /** And, where that is shown, with what was put right since. */
    static io.anju.api.model.Lease lease(
            LeaseFile file, @Nullable List<LeaseAmendments.Amendment> amendments, Language language) {
        var view = new EstimateView(language);
        return lease(
                file.lease(),
                file.parties().stream()
                        .filter(party -> party.role() == Role.CO_TENANT)
                        .map(LeaseContract::tenant)
                        .toList(),
                file.terms().stream().map(terms -> terms(terms, view)).toList(),
                amendments == null
                        ? null
                        : amendments.stream().map(LeaseContract::amendment).toList());
    }

    private static FileAmendment amendment(LeaseAmendments.Amendment one) {
        return new FileAmendment(one.at(), one.item(), one.correct(), one.office(), null, null);
    }

    private static io.anju.api.model.Lease lease(
            Lease lease,
            @Nullable List<LeaseTenant> coTenants,
            @Nullable List<PolicyRentTerms> terms,
            @Nullable List<FileAmendment> amendments) {
        var course = lease.course();
        var end = lease.end();
        var fileBy = LeasePolicy.fileBy(course.signedOn());
        var filedOn = course.filedOn();
        return new io.anju.api.model.Lease(
                lease.id(),
                lease.number(),
                lease.cityCode(),
                lease.programme(),
                io.anju.api.model.LeaseState.of(lease.state().id()),
                home(lease.home(), null),
                new LeaseTenant(lease.tenant().maskedName(), lease.tenant().from()),
                coTenants,
                lease.from(),
                lease.to(),
                course.signedOn(),
                course.handedOverOn(),
                course.movedInOn(),
                course.filingNumber(),
                filedOn,
                fileBy,
                filedOn == null ? null : filedOn.isAfter(fileBy),
                end == null ? null : end.lastDay(),
                end == null ? null : LeaseEndGround.of(end.ground().id()),
                end == null ? null : end.returnedOn(),
                lease.rent().monthlyFen(),
                lease.rent().subsidyFen(),
                lease.depositFen(),
                lease.policyDigest(),
                renewal(lease.renewal()),
                termination(lease.termination()),
                terms,
                amendments,
                lease.version());
    }

    private static LeaseTenant tenant(Party party) {
        return new LeaseTenant(party.maskedName(), party.from());
    }

    private static @Nullable LeaseRenewal renewal(Lease.@Nullable Renewal renewal) {
        if (renewal == null) {
            return null;
        }
        var decision = renewal.decision();
        return new LeaseRenewal(
                renewal.requestedOn(),
                decision == null ? null : decision.approved(),
                decision == null ? null : decision.decidedOn(),
                decision == null ? null : decision.reason(),
                renewal.nextLeaseId());
    }

    private static @Nullable LeaseTermination termination(Lease.@Nullable Termination asked) {
        if (asked == null) {
            return null;
        }
        var decision = asked.decision();
        return new LeaseTermination(
                asked.requestedOn(),
                asked.wishedLastDay(),
                TerminationState.of(asked.state().id()),
                decision == null ? null : decision.decidedOn(),
                decision == null ? null : decision.lastDay(),
                decision == null ? null : decision.reason());
    }

    private static PolicyRentTerms terms(RentTerms terms, EstimateView view) {
        return new PolicyRentTerms(
                terms.from(),
                terms.knownTo(),
                terms.rentFen(),
                terms.subsidyFen(),
                terms.tier(),
                terms.policyDigest(),
                terms.trace().stream().map(view::step).toList());
    }

    static @Nullable Signer signer(@Nullable LeasePerson person) {
        return person == null ? null : new Signer(person.fullName(), person.nationalId());
    }

    static List<Signer> signers(@Nullable List<LeasePerson> persons) {
        return persons == null
                ? List.of()
                : persons.stream()
                        .map(LeaseContract::signer)
                        .map(Objects::requireNonNull)
                        .toList();
    }

    /** @throws Refusal with everything in it that contradicts itself */
    static @Nullable HouseholdFacts household(
            @Nullable EligibilityHousehold household, String cityCode, LocalDate today) {
        return household == null ? null : DeclaredFacts.checked(cityCode, household, today);
    }
}
