package io.anju.policy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.IntStream;

/** A question for {@code estimateEntitlement}; the files of facts are those that the command line is tried with. */
final class EstimateBody {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final ObjectNode body = YAML.createObjectNode();

    private EstimateBody(String cityCode, String programme, String asOf, JsonNode household) {
        body.put("cityCode", cityCode).put("programme", programme).put("asOf", asOf);
        body.set("household", household);
    }

    static EstimateBody fromFile(String cityCode, String programme, String asOf, String file) {
        var facts = read(file);
        var tenancy = facts.remove("tenancy");
        var question = new EstimateBody(cityCode, programme, asOf, facts);
        if (tenancy != null) {
            question.body.set("tenancy", tenancy);
        }
        return question;
    }

    /** A household that owns nothing and has no income. */
    static EstimateBody persons(int count, String cityCode, String programme, String asOf) {
        var household = YAML.createObjectNode().put("ownedAreaSqm", "0.00");
        household.put("monthlyIncomeFen", 0).put("assetsFen", 0);
        var members = household.putArray("members");
        IntStream.range(0, count)
                .forEach(i -> members.addObject()
                        .put("relation", i == 0 ? "applicant" : "child")
                        .put("birthDate", i == 0 ? "1980-01-01" : "2010-01-01"));
        return new EstimateBody(cityCode, programme, asOf, household);
    }

    ObjectNode household() {
        return (ObjectNode) body.path("household");
    }

    ObjectNode tenancy() {
        return body.withObjectProperty("tenancy");
    }

    EstimateBody owns(String areaSqm) {
        household().put("ownedAreaSqm", areaSqm);
        return this;
    }

    EstimateBody earns(long monthlyFen) {
        household().put("monthlyIncomeFen", monthlyFen);
        return this;
    }

    /** @param group empty for none */
    EstimateBody belongsTo(String group) {
        if (!group.isEmpty()) {
            household().putArray("specialGroups").add(group);
        }
        return this;
    }

    EstimateBody home(String areaSqm) {
        tenancy().put("homeAreaSqm", areaSqm);
        return this;
    }

    EstimateBody with(String fact, long value) {
        tenancy().put(fact, value);
        return this;
    }

    EstimateBody owes(String unpaidSince, long overdueFen) {
        tenancy()
                .putObject("arrears")
                .put("unpaidSince", unpaidSince)
                .put("overdueFen", overdueFen)
                .put("runningMonths", 1)
                .put("monthsInAll", 1);
        return this;
    }

    EstimateBody put(String field, String value) {
        body.put(field, value);
        return this;
    }

    Answer ask(Anju anju, String language) {
        return ask(anju, language, "estimate-" + UUID.randomUUID());
    }

    Answer ask(Anju anju, String language, String key) {
        return anju.http()
                .request("POST", "/v1/entitlement-estimates")
                .header("Accept-Language", language)
                .key(key)
                .body(body)
                .send();
    }

    Answer ask(Anju anju) {
        return ask(anju, "zh-CN");
    }

    JsonNode money(Anju anju) {
        return ask(anju).expect(200).json().path("money");
    }

    /** Numbers of YAML are what the contract wants but for areas, which are texts with two decimals there. */
    private static ObjectNode read(String file) {
        try {
            var facts = (ObjectNode) YAML.readTree(
                    Path.of("src/test/resources/policy-facts").resolve(file).toFile());
            areaAsText(facts, "ownedAreaSqm");
            if (facts.path("tenancy") instanceof ObjectNode tenancy && tenancy.has("homeAreaSqm")) {
                areaAsText(tenancy, "homeAreaSqm");
            }
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void areaAsText(ObjectNode owner, String field) {
        var area = new BigDecimal(owner.path(field).asText()).setScale(2, RoundingMode.UNNECESSARY);
        owner.put(field, area.toPlainString());
    }
}
