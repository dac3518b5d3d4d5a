package io.anju.contract;

import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Late;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import io.anju.testing.Tenancies;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@link World} has of rent: the registered household's applicant rents a home, owes for it, and pays. */
final class WorldRent {
    private final World world;
    private final Anju anju;
    private final Desk city;
    private final Case registered;

    WorldRent(World world, Anju anju, Desk city, Case registered) {
        this.world = world;
        this.anju = anju;
        this.city = city;
        this.registered = registered;
    }

    private String applicant() {
        return registered.resident().token();
    }

    /** A home that the registered household's applicant rents. */
    @SuppressWarnings("unchecked")
    void let() {
        var tenancies = new Tenancies(anju, city);
        world.provide("homeId", tenancies.home(Letting.QINGDAO.home()));
        var members = (List<Map<String, Object>>)
                Objects.requireNonNull(registered.household().get("members"));
        var applicant = members.get(0);
        var tenant = new Tenancies.Tenant(
                String.valueOf(applicant.get("fullName")), String.valueOf(applicant.get("nationalId")), applicant());
        var from = anju.clock().today();
        var to = from.plusYears(3).minusDays(1);
        world.provide("leaseId", tenancies.let(tenancies.order(Letting.QINGDAO, world.id("homeId"), tenant, from, to)));
        bill();
        fallBehind();
    }

    private void bill() {
        var month = anju.clock().today().toString().substring(0, 7);
        var run = Map.of("programme", "affordable-rental", "month", month, "dryRun", true);
        world.provide(
                "runId",
                city.post("/v1/staff/bill-runs", run)
                        .expect(202)
                        .json()
                        .path("runId")
                        .asText());
        anju.runJobs();
        var adjustment = Map.of(
                "programme",
                "affordable-rental",
                "from",
                anju.clock().today().toString(),
                "reason",
                "年度租金标准",
                "dryRun",
                true);
        world.provide(
                "adjustmentId",
                city.post("/v1/staff/rent-adjustments", adjustment)
                        .expect(202)
                        .json()
                        .path("adjustmentId")
                        .asText());
        anju.runJobs();
        var bills = city.get("/v1/staff/leases/" + world.id("leaseId") + "/bills")
                .expect(200)
                .json();
        world.provide("billId", bills.at("/items/0/billId").asText());
        var proposed = city.post(
                        "/v1/staff/bills/" + world.id("billId") + "/write-offs", Map.of("amountFen", 1, "reason", "尾差"))
                .expect(201)
                .json();
        world.provide("writeOffId", proposed.path("writeOffId").asText());
    }

    /** The rent of the first month is not paid: a step is taken, and then the follow-up is paused. */
    private void fallBehind() {
        var month = anju.clock().today().toString().substring(0, 7);
        var run = Map.of("programme", "affordable-rental", "month", month, "dryRun", false);
        city.post("/v1/staff/bill-runs", run).expect(202);
        anju.runJobs();
        anju.clock().advanceDays(12);
        anju.runJobs();
        var found = city.get("/v1/staff/arrears-cases").expect(200).json();
        world.provide("arrearsCaseId", found.at("/items/0/caseId").asText());
        var path = "/v1/staff/arrears-cases/" + world.id("arrearsCaseId");
        var file = city.get(path).expect(200).json();
        world.provide("arrearsStepId", file.at("/standing/steps/0/stepId").asText());
        askForRelief();
        var today = anju.clock().today();
        var pause = Map.of(
                "reason",
                "other",
                "from",
                today.toString(),
                "to",
                today.plusDays(9).toString(),
                "note",
                "核实中");
        var paused = city.post(path + "/pauses", pause).expect(200).json();
        world.provide("arrearsPauseId", paused.at("/standing/pauses/0/pauseId").asText());
    }

    /** A request for instalments that waits, and what was put to the officials: late fees and what follows on months. */
    private void askForRelief() {
        var asked = anju.http()
                .post(
                        "/v1/me/leases/" + world.id("leaseId") + "/arrears-requests",
                        applicant(),
                        Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 6))
                .expect(201)
                .json();
        world.provide("arrearsRequestId", asked.path("requestId").asText());
        world.provide(
                "arrearsProposalId",
                Late.proposal(anju, world.id("arrearsCaseId")).toString());
        world.provide("lateFeeWaiverId", Late.waiver(anju, world.id("leaseId")).toString());
    }

    /** A payment of the registered household's applicant, with a refund that waits. */
    void pay() {
        var biller = new Biller();
        anju.domains().payments.usePayables(biller);
        var payer = Payer.of(anju, applicant());
        var paid = payer.pays(null, biller.bill(anju, 62_500, payer.id()));
        world.provide("paymentId", paid.path("paymentId").asText());
        var refund = payer.askBack(world.id("paymentId"), 2_500).expect(201).json();
        world.provide("refundId", refund.path("refundId").asText());
    }
}
