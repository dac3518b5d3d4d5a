package io.anju.policy;

import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code pipeline}. */
final class PipelineReader {
    private static final int MAX_DAYS = 365;

    private final @Nullable City city;
    private final Pattern ids;

    /** @param city whose agencies may be named; null takes any */
    PipelineReader(@Nullable City city, Pattern ids) {
        this.city = city;
        this.ids = ids;
    }

    /** Levels of offices; each sees the areas below it. */
    enum Office {
        COMMUNITY,
        STREET,
        CIVIL_AFFAIRS,
        DISTRICT,
        CITY
    }

    List<Step> steps(YamlNode node) {
        var seen = new HashSet<String>();
        var unnumbered = node.list(this::step);
        var steps = new ArrayList<Step>();
        for (var step : unnumbered) {
            if (!seen.add(step.id())) {
                node.report("step '" + step.id() + "' is given twice");
            }
            steps.add(step.at(steps.size()));
        }
        if (steps.stream().noneMatch(step -> step.kind() == Step.Kind.REVIEW)) {
            node.report("a pipeline has at least one review");
        }
        return List.copyOf(steps);
    }

    private Step step(YamlNode node) {
        node.onlyKeys("id", "kind", "office", "days", "name", "verification");
        var kind = node.get("kind").oneOf(Step.Kind.class);
        var verification = node.listOf("verification", this::requirement);
        if (kind == Step.Kind.PUBLICITY && !verification.isEmpty()) {
            node.get("verification").report("a publicity verifies nothing; ask the agencies in a review");
        }
        if (new HashSet<>(verification).size() < verification.size()) {
            node.get("verification").report("an agency is asked the same fact twice");
        }
        return new Step(
                0,
                kind,
                node.get("id").text(ids, "a name like street-review"),
                Codes.kebab(node.get("office").oneOf(Office.class)),
                node.get("days").integer(1, MAX_DAYS),
                verification,
                Text.read(node.get("name")));
    }

    private VerificationRequirement requirement(YamlNode node) {
        node.onlyKeys("agency", "fact", "required");
        var agency = node.get("agency").text(ids, "an agency's id like civil-affairs");
        if (city != null
                && city.agencies().stream().noneMatch(known -> known.id().equals(agency))) {
            node.get("agency").report("the city's file names no agency '" + agency + "'");
        }
        var fact = node.get("fact").text();
        if (VerifiableFact.find(fact).isEmpty()) {
            node.get("fact").report("'" + fact + "' is no fact that an agency can verify");
        }
        return new VerificationRequirement(
                agency, fact, node.find("required").map(YamlNode::yesOrNo).orElse(true));
    }
}
