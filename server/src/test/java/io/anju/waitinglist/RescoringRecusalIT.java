package io.anju.waitinglist;

import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody moves a list to other rules on which they, or somebody close to them, wait. */
class RescoringRecusalIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String RESCORINGS = "/v1/staff/rescorings";

    @Test
    void whoever_declared_somebody_on_the_list_may_only_try() {
        var one = registered();
        var relative = Desk.of(anju, "city", "3702");
        relative.post("/v1/staff/recusals", Map.of("nationalId", applicant(one), "ground", "child"))
                .expect(201);
        relative.post(RESCORINGS, order(false)).expect(409, "rescoring-of-own-household");
        relative.post(RESCORINGS, order(true)).expect(202);
        anju.runJobs();

        // somebody whom nobody knows on this list is no hindrance, and a colleague starts it
        var colleague = Desk.of(anju, "city", "3702");
        colleague
                .post("/v1/staff/recusals", Map.of("nationalId", "11010519491231002X", "ground", "parent"))
                .expect(201);
        colleague.post(RESCORINGS, order(false)).expect(202);
        anju.runJobs();

        // off the list, the household is no hindrance either
        var id = colleague
                .get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json()
                .at("/items/0/registrationId")
                .asText();
        var exit = Facts.reason(
                "exitType", "withdrawn", "occurredOn", anju.clock().today().toString());
        colleague.post("/v1/staff/registrations/" + id + "/exit", exit).expect(200);
        relative.post(RESCORINGS, order(false)).expect(202);
    }

    private static Map<String, Object> order(boolean dryRun) {
        return Map.of("programme", "public-rental", "dryRun", dryRun, "reason", "新规则施行");
    }

    private static Case registered() {
        var one = new Cases(anju).handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        var district = Desk.of(anju, "district", "370202");
        street.approve(one).expect(200);
        street.publishAndClose("street-publicity");
        district.verifyAndApprove(one);
        district.publishAndClose("district-publicity");
        return one;
    }

    private static String applicant(Case one) {
        var members = (List<?>) Objects.requireNonNull(one.household().get("members"));
        return Objects.requireNonNull(((Map<?, ?>) members.get(0)).get("nationalId"))
                .toString();
    }
}
