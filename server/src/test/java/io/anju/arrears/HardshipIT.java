package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What households in hardship ask for, what becomes of it, and what officials decide. */
class HardshipIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    HardshipIT() {
        super(anju, Letting.GUANGZHOU);
    }

    private String ask(Let let, Map<String, Object> body) {
        return anju.http()
                .post("/v1/me/leases/" + let.leaseId() + "/arrears-requests", token(let), body)
                .expect(201)
                .json()
                .path("requestId")
                .asText();
    }

    private void decide(String requestId, String decision) {
        city.post(
                        "/v1/staff/arrears-requests/" + requestId + "/decision",
                        Map.of("decision", decision, "reason", "已核实"))
                .expect(200);
    }

    @Test
    void a_deferral_keeps_steps_and_fees_away_until_its_last_day() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(2));
        var today = anju.clock().today();
        anju.http()
                .post(
                        "/v1/me/leases/" + let.leaseId() + "/arrears-requests",
                        token(let),
                        Map.of(
                                "kind",
                                "deferral",
                                "reason",
                                "失业",
                                "until",
                                today.plusDays(91).toString()))
                .expect(422, "relief-beyond-rules");
        var asked = ask(
                let,
                Map.of(
                        "kind",
                        "deferral",
                        "reason",
                        "失业",
                        "until",
                        today.plusDays(40).toString()));
        anju.http()
                .post(
                        "/v1/me/leases/" + let.leaseId() + "/arrears-requests",
                        token(let),
                        Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 3))
                .expect(409, "arrears-request-waits");
        decide(asked, "grant");
        goThrough(today.plusDays(1), today.plusDays(40));
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
        assertThat(mine(let).path("lateFeeAccruedFen").asLong()).isZero();
        assertThat(mine(let).at("/requests/0/reason").asText()).isEqualTo("失业");
        anju.http()
                .post("/v1/me/arrears-requests/" + asked + "/withdrawal", token(let), null)
                .expect(409, "arrears-request-decided");
        goThrough(today.plusDays(41), today.plusDays(65));
        assertThat(actions(mine(let))).contains("formal-notice");
    }

    @Test
    void a_plan_is_breached_when_an_instalment_is_missed_and_the_ladder_goes_on() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(2));
        var today = anju.clock().today();
        decide(ask(let, Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 3)), "grant");
        var plan = mine(let).path("plan");
        assertThat(plan.path("state").asText()).isEqualTo("running");
        assertThat(plan.path("instalments")).hasSize(3);
        var first = plan.at("/instalments/0/amountFen").asLong();
        pay(let, first);
        go(today.plusMonths(1).plusDays(11));
        assertThat(mine(let).at("/plan/state").asText()).isEqualTo("running");
        assertThat(mine(let).at("/plan/instalments/0/paidFen").asLong()).isEqualTo(first);
        go(today.plusMonths(2).plusDays(11));
        assertThat(mine(let).at("/plan/state").asText()).isEqualTo("breached");
        assertThat(mine(let).path("paused").asBoolean()).isFalse();
        go(today.plusMonths(2).plusDays(40));
        assertThat(actions(mine(let)).size()).isGreaterThan(1);
    }

    @Test
    void a_plan_that_is_paid_is_kept_and_what_was_declined_changes_nothing() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(1));
        decide(ask(let, Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 2)), "decline");
        assertThat(mine(let).path("paused").asBoolean()).isFalse();
        decide(ask(let, Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 2)), "grant");
        pay(let, mine(let).path("overdueFen").asLong());
        go(anju.clock().today().plusDays(1));
        assertThat(mine(let).at("/plan/state").asText()).isEqualTo("kept");
        assertThat(mine(let).path("overdueFen").asLong()).isZero();
    }

    @Test
    void a_court_file_is_proposed_after_the_delivery_decided_by_an_official_and_waived_fees_need_two() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(35));
        bill(anju.clock().today().toString().substring(0, 7));
        bill(anju.clock().today().plusMonths(1).toString().substring(0, 7));
        mine(let);
        goThrough(let.from().plusDays(36), let.from().plusDays(130));
        var standing = mine(let);
        assertThat(actions(standing))
                .containsExactly(
                        "kind-reminder",
                        "formal-notice",
                        "estate-notice",
                        "credit-record-proposal",
                        "court-file-proposal");
        var proposal = standing.at("/proposals/0");
        assertThat(proposal.path("kind").asText()).isEqualTo("court-file");
        assertThat(proposal.at("/file/bills").size()).isGreaterThan(1);
        assertThat(proposal.at("/file/notices").size()).isEqualTo(5);
        assertThat(proposal.at("/file/notices/1/deliveries/0/deliveredOn").asText())
                .isNotEmpty();
        assertThat(proposal.at("/file/lease/leaseNumber").asText())
                .isEqualTo(standing.path("leaseNumber").asText());
        assertThat(proposal.at("/file/bills/0/lateFeeFen").asLong())
                .isEqualTo(standing.at("/bills/0/lateFeeFen").asLong());
        assertThat(standing.path("advice").toString()).contains("尚欠租金", "等待工作人员决定", "可申请缓缴（最长 90 天）");
        assertThat(city.get("/v1/staff/arrears-cases?waiting=true&order=urgency")
                        .expect(200)
                        .json()
                        .at("/items/0/leaseId")
                        .asText())
                .isEqualTo(let.leaseId());
        var path = "/v1/staff/arrears-proposals/" + proposal.path("proposalId").asText() + "/decision";
        var approve = Map.of("decision", "approve", "reason", "已核实");
        city.post(path, approve).expect(409, "arrears-second-person");
        city.post(path, Map.of("decision", "endorse", "reason", "已核实")).expect(200);
        city.post(path, Map.of("decision", "endorse", "reason", "已核实")).expect(409, "arrears-proposal-decided");
        city.post(path, approve).expect(409, "arrears-second-person");
        var second = Desk.of(anju, "city", "4401");
        var approved = second.post(path, approve).expect(200).json();
        assertThat(approved.path("state").asText()).isEqualTo("approved");
        second.post(path, approve).expect(409, "arrears-proposal-decided");

        var fee = standing.at("/lateFees/0");
        var waiver = Map.of("amountFen", fee.path("amountFen").asLong(), "reason", "首次减免");
        var before = standing.path("lateFeeDueFen").asLong();
        var waiving = city.post("/v1/staff/bills/" + fee.path("feeBillId").asText() + "/late-fee-waivers", waiver)
                .expect(201)
                .json();
        var decision = "/v1/staff/late-fee-waivers/" + waiving.path("waiverId").asText() + "/decision";
        var yes = Map.of("decision", "approve", "reason", "已核实");
        city.post(decision, yes).expect(409, "arrears-second-person");
        Desk.of(anju, "city", "4401").post(decision, yes).expect(200);
        assertThat(mine(let).path("lateFeeDueFen").asLong())
                .isEqualTo(before - fee.path("amountFen").asLong());
        pay(let, mine(let).path("overdueFen").asLong());
        go(anju.clock().today().plusDays(1));
        assertThat(mine(let).at("/proposals/1/state").asText()).isEqualTo("lapsed");
        var withdrawn = mine(let).at("/proposals/0");
        assertThat(withdrawn.path("state").asText()).isEqualTo("withdrawn");
        assertThat(withdrawn.at("/file/overdueFen").asLong()).isPositive();
    }
}
