package io.anju.complaint;

import io.anju.complaint.Filings.Filed;
import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody works on the complaint of somebody close to them (回避), from the taking to the closing. */
class ComplaintRecusalIT {
    private static final String COMMUNITY = "370202001001";

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);
    private final Cases cases = new Cases(anju);
    private final Desk intake = filings.intake();

    private static Desk desk(String level, String area, Role role) {
        return Desk.of(anju, level, area, "经办员", Set.of(role, Role.REVIEWER));
    }

    private static Desk handler() {
        return desk("district", "370202", Role.COMPLAINT_HANDLER);
    }

    private static void declare(Desk desk, Case one) {
        var members = (List<?>) Objects.requireNonNull(one.household().get("members"));
        var nationalId = Objects.requireNonNull(((Map<?, ?>) members.get(0)).get("nationalId"));
        desk.post("/v1/staff/recusals", Map.of("nationalId", nationalId, "ground", "sibling"))
                .expect(201);
    }

    /** By the applicant of a case; a report is about the case, because who filed it says nothing there. */
    private Filed file(String kind, Case one) {
        var body = Filings.body(kind, kind.equals("report") ? "false-declaration" : "rent-and-fees", "370202001");
        if (kind.equals("report")) {
            body.put("subject", Map.of("type", "application", "subjectId", one.id()));
        }
        return filings.file(one.resident(), body);
    }

    private static void refused(Desk desk, Filed filed, String deed, Map<String, ?> body) {
        Filings.act(desk, filed, deed, body).expect(409, "recusal-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complaint", "petition", "report"})
    void nobody_takes_answers_extends_or_closes_what_is_of_somebody_close(String kind) {
        var one = cases.handIn(COMMUNITY);
        var filed = file(kind, one);
        var kin = handler();
        var first = handler();
        var second = handler();
        var leave = desk("city", "3702", Role.SUPERVISION);
        declare(kin, one);
        declare(leave, one);

        if (!kind.equals("report")) {
            refused(kin, filed, "acceptance", Map.of("accepted", true));
            refused(kin, filed, "acceptance", Map.of("accepted", false, "reason", "out-of-scope", "text", "不予受理"));
        }
        Filings.accept(intake, filed).expect(200);
        refused(kin, filed, "assignment", Map.of());
        refused(first, filed, "assignment", Map.of("handler", kin.username()));
        Filings.act(first, filed, "assignment", Map.of()).expect(200);
        refused(kin, filed, "opinions", Map.of("text", "同意"));
        refused(leave, filed, "extension", Map.of("reason", "complex", "text", "案情复杂"));

        // whoever declares it later stops there and then
        declare(first, one);
        refused(first, filed, "reply", Map.of("text", "已办理。"));
        Filings.act(second, filed, "assignment", Map.of()).expect(200);
        Filings.reply(second, filed).expect(200);
        declare(second, one);
        refused(second, filed, "closure", Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"complaint", "petition"})
    void what_is_of_nobody_close_goes_its_way(String kind) {
        var desk = handler();
        declare(desk, cases.handIn(COMMUNITY));
        var filed = file(kind, cases.handIn(COMMUNITY));
        filings.closed(desk, filed);
        var visitor = desk("city", "3702", Role.INTAKE);
        Filings.act(visitor, filed, "return-visit", Map.of("result", "satisfied", "text", "满意"))
                .expect(200);
    }
}
