package io.anju.rent;

import io.anju.api.model.BillCharge;
import io.anju.api.model.BillCreditNote;
import io.anju.api.model.BillPayment;
import io.anju.api.model.BillPaymentSource;
import io.anju.api.model.BillRun;
import io.anju.api.model.BillRunState;
import io.anju.api.model.BillSubsidyState;
import io.anju.api.model.PolicyRentTerms;
import io.anju.api.model.StatementLine;
import io.anju.api.model.StatementLineKind;
import io.anju.api.model.WriteOff;
import io.anju.api.model.WriteOffState;
import io.anju.lease.LeaseFile;
import io.anju.platform.http.Language;
import io.anju.policy.EstimateView;
import io.anju.rent.Bill.SubsidyState;
import io.anju.rent.RentService.Shown;
import io.anju.rent.RunStore.Run;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bills and statements in the contract's words. */
final class RentContract {
    private RentContract() {}

    static io.anju.api.model.Bill bill(Bill bill) {
        return bill(bill, null, null, null);
    }

    static io.anju.api.model.Bill bill(Shown shown, Language language) {
        return bill(
                shown.bill(),
                shown.bill().charge() == Bill.Charge.RENT ? terms(shown.file(), shown.bill(), language) : List.of(),
                shown.notes().stream()
                        .map(note -> new BillCreditNote(note.amountFen(), note.reason(), note.issuedAt()))
                        .toList(),
                shown.allocations().stream()
                        .map(paid -> new BillPayment(paid.amountFen(), BillPaymentSource.of(paid.source()), paid.at()))
                        .toList());
    }

    private static io.anju.api.model.Bill bill(
            Bill bill,
            @Nullable List<PolicyRentTerms> terms,
            @Nullable List<BillCreditNote> notes,
            @Nullable List<BillPayment> payments) {
        var hasSubsidy = bill.subsidyFen() > 0;
        return new io.anju.api.model.Bill(
                bill.id(),
                bill.leaseId(),
                bill.leaseNumber(),
                BillCharge.of(bill.charge().id()),
                bill.from(),
                bill.to(),
                bill.dueOn(),
                bill.amountFen(),
                bill.subsidyFen(),
                BillSubsidyState.of((hasSubsidy ? bill.subsidyState() : SubsidyState.NONE).id()),
                bill.paidFen(),
                bill.creditedFen(),
                bill.writtenOffFen(),
                bill.dueFen(),
                bill.issuedAt(),
                bill.reason(),
                terms,
                notes,
                payments);
    }

    /** The terms that held on some day of the bill. */
    private static List<PolicyRentTerms> terms(LeaseFile file, Bill bill, Language language) {
        var view = new EstimateView(language);
        return RentPolicy.termsOf(file, bill).stream()
                .map(terms -> new PolicyRentTerms(
                        terms.from(),
                        terms.knownTo(),
                        terms.rentFen(),
                        terms.subsidyFen(),
                        terms.tier(),
                        terms.policyDigest(),
                        terms.trace().stream().map(view::step).toList()))
                .toList();
    }

    static BillRun run(Run run) {
        return new BillRun(
                run.id(),
                run.cityCode(),
                run.programme(),
                YearMonth.from(run.month()).toString(),
                run.dryRun(),
                BillRunState.of(run.state()),
                run.leases(),
                run.done().leases(),
                run.done().bills(),
                run.done().amountFen(),
                run.done().exceptions(),
                run.requestedAt(),
                run.finishedAt());
    }

    static WriteOff writeOff(WriteOffStore.WriteOff one) {
        return new WriteOff(
                one.id(),
                one.billId(),
                one.amountFen(),
                one.givenUpFen(),
                one.reason(),
                WriteOffState.of(one.state()),
                one.proposedAt(),
                one.decidedAt());
    }

    static io.anju.api.model.Statement statement(Statement statement) {
        return new io.anju.api.model.Statement(
                statement.leaseId(),
                statement.leaseNumber(),
                statement.from(),
                statement.to(),
                statement.openingFen(),
                statement.closingFen(),
                statement.lines().stream()
                        .map(line -> new StatementLine(
                                line.on(),
                                StatementLineKind.of(line.kind()),
                                line.text(),
                                line.amountFen(),
                                line.balanceFen(),
                                line.billId()))
                        .toList());
    }
}
