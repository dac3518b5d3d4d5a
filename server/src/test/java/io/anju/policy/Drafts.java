package io.anju.policy;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Documents that a test writes and sends. */
public final class Drafts {
    private Drafts() {}

    /** The document as the server would read it. */
    public static PolicyDocument read(String yaml) {
        return DocumentReader.read("draft", yaml, null);
    }

    /** Invented rules of Qingdao for a programme of its own, with an end where one is given. */
    public static String yaml(String programme, String version, LocalDate from, @Nullable LocalDate to, int days) {
        return """
                # invented for the test
                format: 1
                city: "370200"
                programme: %s
                version: "%s"
                title: {zh: 测试规则, en: Test rules}
                programmeName: {zh: 测试保障, en: Test programme}
                source: invented for the test
                asSeenAt: 2026-03
                confidence: C
                effectiveFrom: %s
                effectiveTo: %s
                eligibility: []
                documents: []
                pipeline:
                  - {id: review, kind: review, office: street, days: %d, name: {zh: 审核, en: Review}}
                deadlines: {correctionWorkingDays: 5, reReviewAskWithinDays: 60, reReviewWorkingDays: 15, waitingLimitYears: 5}
                order:
                  - {by: applied-at, direction: ascending}
                  - {by: receipt-number, direction: ascending}
                """.formatted(programme, version, from, to == null ? "~" : to, days);
    }

    /** The sample of Qingdao with other weights and a lower area line: some gain, some lose, some are out. */
    public static String qingdao(String version, LocalDate from) {
        try (var in = Drafts.class.getResourceAsStream("/policies/370200/public-rental-2026.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("version: \"2026-1\"", "version: \"" + version + "\"")
                    .replace("effectiveFrom: 2026-01-01", "effectiveFrom: " + from)
                    .replace("require: {fact: perCapitaAreaSqm, le: 13}", "require: {fact: perCapitaAreaSqm, le: 10}")
                    .replace("points: 35\n      maximum: 35", "points: 30\n      maximum: 30")
                    .replace("of: 80", "of: 60");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Answer propose(Anju anju, String token, String yaml) {
        return propose(anju, token, yaml.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer propose(Anju anju, String token, byte[] file) {
        return anju.http()
                .upload("/v1/staff/policy-proposals", token, "draft.yaml", "application/yaml", file, "reason", "测试用");
    }

    public static String proposed(Anju anju, String token, String yaml) {
        return propose(anju, token, yaml).expect(201).json().path("proposalId").asText();
    }

    public static Answer decide(Anju anju, String token, String proposalId, String decision) {
        return anju.http()
                .post("/v1/staff/policy-proposals/" + proposalId + "/" + decision, token, Map.of("reason", "测试决定"));
    }
}
