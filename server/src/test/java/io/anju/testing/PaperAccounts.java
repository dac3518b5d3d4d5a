package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Proxies.Someone;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** People for whom a street opened an account on paper, because somebody acts for them; made over HTTP. */
public final class PaperAccounts {
    public static final String BIND = "/v1/me/identity";
    private static final String PROXIES = "/v1/staff/proxies";
    private static final String COMMUNITY = "370202001001";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Anju anju;
    private final Proxies proxies;

    public PaperAccounts(Anju anju) {
        this.anju = anju;
        this.proxies = new Proxies(anju);
    }

    /** Somebody whom an office knows and who has never logged in, and who acts for them. */
    public record OnPaper(String name, String nationalId, Someone guardian, String mandate) {
        public Map<String, String> identity() {
            return Map.of("realName", name, "nationalId", nationalId);
        }
    }

    /** A person whom nobody knows yet, with a guardian who has an account. */
    public OnPaper unknown() {
        var number = COUNT.incrementAndGet();
        var nationalId = People.nationalId(LocalDate.of(1941, 1, 1).plusDays(number), 600 + number);
        return new OnPaper("老人家", nationalId, proxies.person("监护人", LocalDate.of(1979, 4, 5)), "");
    }

    /** A person with an account on paper: one clerk records the guardian, another approves. */
    public OnPaper open() {
        var person = unknown();
        var recorded = record(person).send().expect(201).json();
        return approved(person, recorded);
    }

    /** What a clerk sends to record the guardian. */
    public ApiClient.Call record(OnPaper person) {
        var paper = new HashMap<String, Object>(Map.of(
                "kind", "guardian",
                "representedName", person.name(),
                "representedNationalId", person.nationalId(),
                "proxyName", person.guardian().name(),
                "proxyNationalId", person.guardian().nationalId(),
                "groups", List.of("read", "apply", "complain"),
                "areaCode", COMMUNITY,
                "expiresOn", anju.clock().today().plusDays(60).toString(),
                "reason", "持法院判决办理"));
        paper.put("evidenceNumber", "民特 2026-" + COUNT.incrementAndGet());
        return anju.http().request("POST", PROXIES).token(clerk().token()).body(paper);
    }

    public OnPaper approved(OnPaper person, JsonNode recorded) {
        var id = recorded.path("proxyId").asText();
        clerk().post(PROXIES + "/" + id + "/decision", Map.of("decision", "approve", "reason", "材料齐全"))
                .expect(200);
        return new OnPaper(person.name(), person.nationalId(), person.guardian(), id);
    }

    /** A request of the guardian's for the person. */
    public ApiClient.Call as(OnPaper person, String method, String path) {
        return proxies.as(proxies.again(person.guardian()), person.mandate(), method, path);
    }

    /** The guardian begins an application for the person; gives its id. */
    public String draft(OnPaper person) {
        return as(person, "POST", "/v1/applications")
                .body(order())
                .send()
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    public Map<String, Object> order() {
        return Map.of(
                "cityCode", "370200",
                "programme", "public-rental",
                "household", new Cases(anju).household(COMMUNITY));
    }

    /** The account that is bound to the person; fails where there is none. */
    public UUID accountOf(OnPaper person) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT id FROM identity.resident WHERE person_index = $1",
                                row -> row.getUUID("id"),
                                Buffer.buffer(anju.domains().identity.personIndex(person.nationalId()))))
                .orElseThrow();
    }

    private Desk clerk() {
        return Desk.of(anju, "street", "370202001");
    }
}
