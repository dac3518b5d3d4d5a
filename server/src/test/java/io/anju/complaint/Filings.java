package io.anju.complaint;

import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import io.anju.testing.LogIn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Complaints that a test files over HTTP, and the offices of Qingdao's district 370202 that answer them. */
final class Filings {
    static final String MINE = "/v1/complaints";
    static final String WORK = "/v1/staff/complaints";

    private final Anju anju;
    private final Cases cases;

    Filings(Anju anju) {
        this.anju = anju;
        this.cases = new Cases(anju);
    }

    /** One complaint and whoever filed it. */
    record Filed(String id, LogIn resident) {
        String path() {
            return MINE + "/" + id;
        }

        String work() {
            return WORK + "/" + id;
        }
    }

    LogIn resident() {
        return cases.resident();
    }

    static Map<String, Object> body(String kind, String category, @Nullable String area) {
        var body = new LinkedHashMap<String, Object>(
                Map.of("cityCode", "370200", "kind", kind, "category", category, "text", "三月账单多收了一个月租金。"));
        if (area != null) {
            body.put("areaCode", area);
        }
        return body;
    }

    Filed file(String kind, String category) {
        return file(resident(), body(kind, category, "370202001"));
    }

    Filed file(LogIn resident, Map<String, Object> body) {
        var filed = anju.http().post(MINE, resident.token(), body).expect(201).json();
        return new Filed(filed.at("/complaint/complaintId").asText(), resident);
    }

    Answer post(Filed filed, String what, @Nullable Object body) {
        return anju.http().post(filed.path() + "/" + what, filed.resident().token(), body);
    }

    Answer get(Filed filed) {
        return anju.http().get(filed.path(), filed.resident().token()).expect(200);
    }

    String state(Filed filed) {
        return get(filed).json().at("/complaint/state").asText();
    }

    String due(Filed filed) {
        return get(filed).json().at("/complaint/dueOn").asText();
    }

    /** What happened to it, as whoever filed it reads. */
    List<String> kinds(Filed filed) {
        return get(filed).json().path("history").findValuesAsText("kind");
    }

    /** The ids on a work list, with this filter. */
    static List<String> listed(Desk desk, String filter) {
        var found = new ArrayList<String>();
        desk.get(WORK + "?limit=100" + filter)
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> found.add(item.at("/complaint/complaintId").asText()));
        return found;
    }

    /** Somebody who answers complaints in the district's office, and nothing else. */
    Desk handler() {
        return handler("district", "370202");
    }

    Desk handler(String level, String area) {
        return Desk.of(anju, level, area, "经办员", Set.of(Role.COMPLAINT_HANDLER));
    }

    Desk intake() {
        return Desk.of(anju, "city", "3702", "受理员", Set.of(Role.INTAKE));
    }

    Desk supervision() {
        return Desk.of(anju, "city", "3702", "督办员", Set.of(Role.SUPERVISION));
    }

    static Answer act(Desk desk, Filed filed, String what, Map<String, ?> body) {
        return desk.post(filed.work() + "/" + what, body);
    }

    static Answer accept(Desk desk, Filed filed) {
        return act(desk, filed, "acceptance", Map.of("accepted", true));
    }

    static Answer reply(Desk desk, Filed filed) {
        return act(desk, filed, "reply", Map.of("text", "经核查，多收租金已退还。"));
    }

    static Answer close(Desk desk, Filed filed) {
        return act(desk, filed, "closure", Map.of());
    }

    /** Accepted, answered and closed by one and the same. */
    Filed closed(Desk desk, Filed filed) {
        accept(desk, filed).expect(200);
        reply(desk, filed).expect(200);
        close(desk, filed).expect(200);
        return filed;
    }

    static Answer open(Desk desk, Filed filed) {
        return desk.get(filed.work() + "?reason=test");
    }

    static Map<String, Object> office(String level, String area) {
        return Map.of("level", level, "areaCode", area);
    }
}
