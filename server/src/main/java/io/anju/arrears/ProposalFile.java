package io.anju.arrears;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.Sheet.OverdueBill;
import io.anju.lease.Lease;
import io.anju.lease.Tenancy;
import io.anju.policy.Arrears;
import io.anju.rent.Debts.Settled;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is decided on, with amounts as of a day: what a clerk must show who writes the arrears into a record or hands them to
 * a court. Days are texts, so that what is kept is what was seen. Who the household is stands in the lease; here it is
 * masked, with the days that were this tenant's.
 *
 * @param lease null in a file that was kept before files held it
 */
record ProposalFile(
        String asOf,
        long overdueFen,
        long lateFeeDueFen,
        @Nullable FiledLease lease,
        List<FiledBill> bills,
        List<FiledPayment> payments,
        List<Notice> notices,
        List<FiledPause> pauses,
        List<FiledRequest> requests) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    ProposalFile {
        bills = List.copyOf(bills);
        payments = Objects.requireNonNullElse(payments, List.of());
        notices = List.copyOf(notices);
        pauses = Objects.requireNonNullElse(pauses, List.of());
        requests = Objects.requireNonNullElse(requests, List.of());
    }

    /**
     * @param maskedTenant whose arrears they are; null in a file that was kept before files held it, and so the tenant's days
     * @param tenantTo null where nobody took over
     */
    record FiledLease(
            String number,
            String programme,
            String provider,
            String estate,
            String building,
            String home,
            String from,
            String to,
            long monthlyRentFen,
            String policyDigest,
            @Nullable String maskedTenant,
            @Nullable String tenantFrom,
            @Nullable String tenantTo) {
        static FiledLease of(Lease lease, Tenancy tenancy) {
            var home = lease.home();
            var last = ArrearsContract.last(tenancy);
            return new FiledLease(
                    lease.number(),
                    lease.programme(),
                    lease.provider(),
                    home.estateName(),
                    home.building(),
                    home.number(),
                    lease.from().toString(),
                    lease.to().toString(),
                    lease.rent().monthlyFen(),
                    lease.policyDigest(),
                    lease.tenant().maskedName(),
                    tenancy.from().toString(),
                    last == null ? null : last.toString());
        }
    }

    record FiledBill(UUID billId, String from, String to, String dueOn, long ownFen, long dueFen, long lateFeeFen) {
        static FiledBill of(OverdueBill bill) {
            var debt = bill.debt();
            return new FiledBill(
                    debt.billId(),
                    debt.from().toString(),
                    debt.to().toString(),
                    debt.dueOn().toString(),
                    debt.ownFen(),
                    debt.dueFen(),
                    bill.feeFen());
        }
    }

    record FiledPayment(UUID billId, String on, long fen) {
        static FiledPayment of(Settled one) {
            return new FiledPayment(one.billId(), one.on().toString(), one.fen());
        }
    }

    record Notice(
            String action,
            @Nullable String office,
            String takenOn,
            long overdueFen,
            @Nullable String text,
            List<Delivered> deliveries) {
        static Notice of(Step step) {
            return new Notice(
                    ArrearsCase.id(step.action()),
                    ArrearsCase.id(step.office()),
                    step.takenOn().toString(),
                    step.overdueFen(),
                    step.text().zh(),
                    step.deliveries().stream()
                            .map(delivery -> new Delivered(
                                    ArrearsCase.id(delivery.channel()),
                                    delivery.on().toString(),
                                    delivery.note()))
                            .toList());
        }
    }

    record Delivered(
            String channel, String deliveredOn, @Nullable String note) {}

    /** @param to the last day that was paused */
    record FiledPause(String reason, String from, String to) {
        static FiledPause of(Pause pause) {
            return new FiledPause(
                    ArrearsCase.id(pause.reason()),
                    pause.from().toString(),
                    pause.lastDay().toString());
        }
    }

    /**
     * Not with its reason, which stays sealed where it is.
     *
     * @param plan how the plan that was granted stands
     */
    record FiledRequest(
            String kind,
            String state,
            String askedOn,
            @Nullable String decidedOn,
            @Nullable String decision,
            @Nullable String plan) {}

    static ProposalFile of(Sheet sheet) {
        var standing = sheet.standing();
        return new ProposalFile(
                standing.today().toString(),
                standing.arrears().map(Arrears::overdueFen).orElse(0L),
                sheet.feesDueFen(),
                FiledLease.of(standing.lease(), standing.tenancy()),
                sheet.bills().stream().map(FiledBill::of).toList(),
                sheet.bills().stream()
                        .flatMap(bill -> bill.settled().stream())
                        .map(FiledPayment::of)
                        .toList(),
                standing.steps().stream().map(Notice::of).toList(),
                standing.pauses().stream()
                        .filter(pause -> !pause.lastDay().isBefore(pause.from()))
                        .map(FiledPause::of)
                        .toList(),
                sheet.asked().requests().stream()
                        .map(request -> request(request, sheet))
                        .toList());
    }

    private static FiledRequest request(HardshipRequest request, Sheet sheet) {
        var plan = sheet.asked().plan();
        var isOfIt = plan != null && plan.id().equals(request.id());
        return new FiledRequest(
                ArrearsCase.id(request.kind()),
                ArrearsCase.id(request.state()),
                request.askedOn().toString(),
                Optional.ofNullable(request.decidedOn())
                        .map(LocalDate::toString)
                        .orElse(null),
                request.decision(),
                plan != null && isOfIt ? ArrearsCase.id(plan.state()) : null);
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProposalFile read(String text) {
        try {
            return JSON.readValue(text, ProposalFile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
