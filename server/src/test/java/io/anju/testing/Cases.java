package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.policy.DocumentRule;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Applications that a test hands in over HTTP and leads on from there, each of a household of its own. */
public final class Cases {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PROGRAMME = "public-rental";

    private final Anju anju;

    public Cases(Anju anju) {
        this.anju = anju;
    }

    /** An application on its way, and the resident who handed it in. */
    public record Case(UUID id, String receiptNumber, LogIn resident, Map<String, Object> household) {
        public String path() {
            return "/v1/applications/" + id;
        }
    }

    /** A single person of 40 without a home, living in this community and registered in its city for life. */
    public Map<String, Object> household(String communityCode) {
        var number = COUNT.incrementAndGet();
        var born = LocalDate.of(1986, 1, 1).plusDays(number / 500);
        var cityCode = communityCode.substring(0, 4) + "00";
        // an odd sequence number is a man's
        var id = People.nationalId(born, 1 + 2 * (number % 500));
        var member = new LinkedHashMap<String, Object>(Map.of(
                "fullName",
                "试" + inChinese(number),
                "nationalId",
                id,
                "relation",
                "applicant",
                "sex",
                "male",
                "birthDate",
                born.toString(),
                "maritalStatus",
                "never-married",
                "hukou",
                Map.of("cityCode", cityCode, "since", born.toString()),
                "specialGroups",
                List.of(),
                "incomes",
                List.of(Map.of("kind", "wage", "monthlyFen", 90000))));
        return new LinkedHashMap<>(Map.of(
                "category", "low-income",
                "contactPhone", "13900000000",
                "currentAddress", Map.of("areaCode", communityCode, "line", "示例路 1 号"),
                "members", List.of(member),
                "homes", List.of(),
                "assets", List.of()));
    }

    private static String inChinese(int number) {
        var digits = new StringBuilder();
        Integer.toString(number).chars().forEach(digit -> digits.append("零一二三四五六七八九".charAt(digit - '0')));
        return digits.toString();
    }

    public Case handIn(String communityCode) {
        return handIn(household(communityCode));
    }

    /** Logs a new resident in, writes the application, adds every document that the policy knows, and hands it in. */
    public Case handIn(Map<String, Object> household) {
        var applicant = applicant(household);
        var logIn = resident();
        bind(logIn.token(), String.valueOf(applicant.get("fullName")), String.valueOf(applicant.get("nationalId")));
        return handIn(logIn, household);
    }

    /** The same resident applies once more, after the first application has come to its end. */
    public Case handInAgain(Case before) {
        return handIn(before.resident(), before.household());
    }

    private Case handIn(LogIn logIn, Map<String, Object> household) {
        var draft = draft(logIn, household);
        var receipt = submit(logIn, draft, household).expect(201).json();
        return new Case(draft.id(), receipt.path("receiptNumber").asText(), logIn, household);
    }

    /** What a new resident, who is the household's applicant, is answered to the submission of a whole application. */
    public Answer tryToHandIn(Map<String, Object> household) {
        var applicant = applicant(household);
        var logIn = resident();
        bind(logIn.token(), String.valueOf(applicant.get("fullName")), String.valueOf(applicant.get("nationalId")));
        return submit(logIn, draft(logIn, household), household);
    }

    /** As {@link #tryToHandIn}, of the same resident once more. */
    public Answer tryAgain(Case before) {
        return submit(before.resident(), draft(before.resident(), before.household()), before.household());
    }

    private record Draft(UUID id, String etag) {}

    @SuppressWarnings("unchecked")
    private Draft draft(LogIn logIn, Map<String, Object> household) {
        var resident = logIn.token();
        var address = (Map<String, Object>) Objects.requireNonNull(household.get("currentAddress"));
        var cityCode = String.valueOf(address.get("areaCode")).substring(0, 4) + "00";
        var draft = anju.http()
                .post(
                        "/v1/applications",
                        resident,
                        Map.of("cityCode", cityCode, "programme", PROGRAMME, "household", household))
                .expect(201);
        var id = draft.json().path("id").asText();
        var etag = draft.etag();
        for (var document : documents(cityCode)) {
            etag = upload("/v1/applications/" + id, resident, document.id());
        }
        return new Draft(UUID.fromString(id), etag);
    }

    private Answer submit(LogIn logIn, Draft draft, Map<String, Object> household) {
        var name = String.valueOf(applicant(household).get("fullName"));
        return anju.http()
                .request("POST", "/v1/applications/" + draft.id() + "/submission")
                .token(logIn.token())
                .header("If-Match", draft.etag())
                .body(Map.of("commitment", Map.of("accepted", true, "signedName", name)))
                .send();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> applicant(Map<String, Object> household) {
        return ((List<Map<String, Object>>) Objects.requireNonNull(household.get("members"))).get(0);
    }

    /** A new resident, who can log in again when time has gone on. */
    public LogIn resident() {
        var openId = "o" + UUID.randomUUID();
        return new LogIn(anju, () -> anju.people().logIn(openId));
    }

    private void bind(String token, String name, String nationalId) {
        anju.http()
                .post("/v1/me/identity", token, Map.of("realName", name, "nationalId", nationalId))
                .expect(201);
    }

    private String upload(String path, String resident, String kind) {
        return anju.http()
                .upload(path + "/attachments?kind=" + kind, resident, kind + ".pdf", "application/pdf", PDF)
                .expect(201)
                .etag();
    }

    private List<DocumentRule> documents(String cityCode) {
        var domains = anju.domains();
        var policy = Anju.await(domains.policy.inForce(
                domains.db, cityCode, PROGRAMME, anju.clock().today()));
        return policy.documents();
    }

    /** The state that the resident sees. */
    public String state(Case one) {
        return anju.http()
                .get(one.path(), one.resident().token())
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    /** The registration as the resident sees it. */
    public JsonNode registration(Case one) {
        return anju.http()
                .get(one.path() + "/registration", one.resident().token())
                .expect(200)
                .json();
    }
}
