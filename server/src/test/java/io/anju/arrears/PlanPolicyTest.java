package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.arrears.HardshipRequest.Instalment;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.arrears.HardshipRequest.PlannedBill;
import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
import io.anju.lease.Tenancy;
import io.anju.policy.Text;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Debts.Debt;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How plans stand, and every move of requests and proposals. */
class PlanPolicyTest {
    private static final UUID ID = UUID.randomUUID();
    private static final LocalDate FIRST = LocalDate.of(2028, 1, 31);

    private static Plan plan(long paidFen) {
        return new Plan(
                ID,
                ID,
                FIRST,
                300,
                PlanState.RUNNING,
                null,
                List.of(new PlannedBill(ID, 300)),
                List.of(
                        new Instalment(1, FIRST, 100, 0),
                        new Instalment(2, LocalDate.of(2028, 2, 29), 100, 0),
                        new Instalment(3, LocalDate.of(2028, 3, 31), 100, 0)),
                paidFen);
    }

    @ParameterizedTest(name = "{0} fen on {1}: {2}")
    @CsvSource({
        "0, 2028-02-10, RUNNING",
        "0, 2028-02-11, BREACHED",
        "99, 2028-02-11, BREACHED",
        "100, 2028-02-11, RUNNING",
        "100, 2028-03-10, RUNNING",
        "199, 2028-03-11, BREACHED",
        "250, 2028-04-10, RUNNING",
        "250, 2028-04-11, BREACHED",
        "300, 2028-04-11, KEPT"
    })
    void is_breached_when_an_instalment_is_missing_for_more_than_ten_days(long fen, LocalDate today, PlanState state) {
        assertThat(PlanPolicy.state(plan(fen), 10, today)).isEqualTo(state);
    }

    @Test
    void what_is_paid_counts_for_the_oldest_instalment() {
        assertThat(PlanPolicy.paid(plan(0).instalments(), 150))
                .extracting(Instalment::paidFen)
                .containsExactly(100L, 50L, 0L);
    }

    @Test
    void what_was_paid_follows_from_the_bills() {
        var own = new Tenancy(ID, FIRST, FIRST.plusDays(1));
        var debt = new Debt(ID, ID, Charge.RENT, FIRST, FIRST, FIRST, FIRST, 300, 120, 0, null);
        assertThat(PlanPolicy.paidFen(plan(0).bills(), List.of(debt), own)).isEqualTo(180);
        var grown = new Debt(ID, ID, Charge.RENT, FIRST, FIRST, FIRST, FIRST, 300, 400, 0, null);
        assertThat(PlanPolicy.paidFen(plan(0).bills(), List.of(grown), own)).isZero();
        // it is of a day on which somebody else had the home, as became known since
        var others = new Tenancy(ID, FIRST.minusDays(9), FIRST);
        assertThat(PlanPolicy.paidFen(plan(0).bills(), List.of(debt), others)).isEqualTo(300);
    }

    @ParameterizedTest
    @EnumSource(HardshipRequest.State.class)
    void a_request_is_decided_once(HardshipRequest.State to) {
        for (var from : HardshipRequest.State.values()) {
            assertThat(from.mayMoveTo(to))
                    .isEqualTo(from == HardshipRequest.State.ASKED && to != HardshipRequest.State.ASKED);
        }
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "PROPOSED, APPROVED, false",
        "PROPOSED, ENDORSED, true",
        "PROPOSED, REFUSED, true",
        "PROPOSED, LAPSED, true",
        "PROPOSED, WITHDRAWN, false",
        "ENDORSED, APPROVED, true",
        "ENDORSED, REFUSED, true",
        "ENDORSED, LAPSED, true",
        "APPROVED, REFUSED, false",
        "APPROVED, WITHDRAWN, true",
        "LAPSED, APPROVED, false",
        "REFUSED, APPROVED, false",
        "WITHDRAWN, APPROVED, false"
    })
    void a_proposal_is_approved_only_after_it_was_endorsed(State from, State to, boolean may) {
        assertThat(from.mayMoveTo(to)).isEqualTo(may);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void payment_takes_back_what_was_approved_about_the_debt_alone(Kind kind) {
        var approved = new Proposal(
                ID,
                ID,
                ID,
                FIRST,
                "440100",
                kind,
                State.APPROVED,
                FIRST,
                new Text("拟", "a"),
                null,
                null,
                null,
                null,
                null);
        assertThat(approved.isWithdrawnByPayment()).isEqualTo(kind == Kind.CREDIT_RECORD || kind == Kind.COURT_FILE);
    }
}
