package io.anju.testing;

import io.anju.api.model.Household;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Residents who apply over HTTP, the way the app does it. */
public final class Applicants {
    /** What the sample policy of Qingdao asks of a couple. */
    public static final List<String> DOCUMENTS =
            List.of("household-register", "income-proof", "commitment-letter", "marriage-certificate");

    private final Anju anju;
    /** By the applicant's national ID. */
    private final Map<String, String> openIds = new ConcurrentHashMap<>();

    public Applicants(Anju anju) {
        this.anju = anju;
    }

    /** A resident with an application; the ETag is that of the last answer. */
    public record Draft(String token, String id, String etag, Household household) {
        public String path() {
            return "/v1/applications/" + id;
        }

        public Draft withEtag(String newer) {
            return new Draft(token, id, newer, household);
        }
    }

    /** The access token of a new resident who is the household's applicant. */
    public String resident(Household household) {
        var applicant = household.members().get(0);
        var openId = "o" + UUID.randomUUID();
        openIds.put(applicant.nationalId(), openId);
        var token = anju.people().logIn(openId);
        anju.http()
                .post(
                        "/v1/me/identity",
                        token,
                        Map.of("realName", applicant.fullName(), "nationalId", applicant.nationalId()))
                .expect(201);
        return token;
    }

    /** The same resident with a fresh token, for when the clock has moved past the old one's end. */
    public Draft logInAgain(Draft draft) {
        var nationalId = draft.household().members().get(0).nationalId();
        var openId = Objects.requireNonNull(openIds.get(nationalId), "made by another hand");
        return new Draft(anju.people().logIn(openId), draft.id(), draft.etag(), draft.household());
    }

    public Draft draft(Household household) {
        return draft(resident(household), household);
    }

    public Draft draft(String token, Household household) {
        var cityCode = household.currentAddress().areaCode().substring(0, 4) + "00";
        var answer = anju.http()
                .post(
                        "/v1/applications",
                        token,
                        Map.of("cityCode", cityCode, "programme", "public-rental", "household", household))
                .expect(201);
        return new Draft(token, answer.json().path("id").asText(), answer.etag(), household);
    }

    /** A draft with every document that may be asked for. */
    public Draft complete(Household household) {
        return complete(draft(household));
    }

    public Draft complete(Draft draft) {
        var whole = draft;
        for (String kind : DOCUMENTS) {
            whole = whole.withEtag(upload(whole, kind).expect(201).etag());
        }
        return whole;
    }

    public Answer upload(Draft draft, String kind) {
        return upload(draft, kind, pdf());
    }

    public Answer upload(Draft draft, String kind, byte[] content) {
        return anju.http()
                .upload(
                        draft.path() + "/attachments?kind=" + kind,
                        draft.token(),
                        kind + ".pdf",
                        "application/pdf",
                        content);
    }

    public Answer submit(Draft draft) {
        return submit(draft, UUID.randomUUID().toString()).send();
    }

    /** A submission that is ready to be sent, alone or in a race. */
    public ApiClient.Call submit(Draft draft, String key) {
        var signedName = draft.household().members().get(0).fullName();
        return anju.http()
                .request("POST", draft.path() + "/submission")
                .token(draft.token())
                .key(key)
                .header("If-Match", draft.etag())
                .body(Map.of("commitment", Map.of("accepted", true, "signedName", signedName)));
    }

    /** An application that was handed in; its ETag is the receipt's. */
    public Draft submitted(Household household) {
        var draft = complete(household);
        return draft.withEtag(submit(draft).expect(201).etag());
    }

    public Draft submitted(Household household, String token) {
        var draft = complete(draft(token, household));
        return draft.withEtag(submit(draft).expect(201).etag());
    }

    /** A small PDF, different each time. */
    public static byte[] pdf() {
        return ("%PDF-1.4\n% " + UUID.randomUUID() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
    }
}
