package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Where staff name an area, the contract says that it lies in their own ({@code x-anju-within: area}), and the generated
 * route enforces it; or the area is one elsewhere by its purpose.
 */
class AreasTest {
    private static final String WITHIN = "x-anju-within";

    /** Of whoever is in charge of an area or an office. */
    private static final Set<String> OWNERS = Set.of("area", "office");

    /** Areas of others, by what names them. Each has a reason; one that nothing names any more fails. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "transferComplaint /toOffice/areaCode", "the office that has to see to it, which is another",
            "addJointOffice /office/areaCode", "the office that is asked to help",
            "recordNamed /office/areaCode", "the office that a report is about, wherever it is",
            "recordLifeChange /changes/areaCode", "where the household has moved to, anywhere in the city",
            "decideCorrection /changes/areaCode", "where the household lives in truth, anywhere in the city");

    private final Contract contract = new Contract();

    /** An area that a request names. */
    private record Named(String operation, String pointer, JsonNode node) {
        private String key() {
            return operation + ' ' + pointer;
        }

        private boolean isWithin() {
            return node.path(WITHIN).asText().equals("area");
        }
    }

    @Test
    void every_area_that_staff_name_lies_in_their_own_or_elsewhere_for_a_reason() {
        var undeclared = new TreeSet<String>();
        for (Named named : ofStaff()) {
            if (named.isWithin() == ELSEWHERE.containsKey(named.key())) {
                undeclared.add(named.key());
            }
        }
        assertThat(undeclared).as("either " + WITHIN + " or a reason").isEmpty();
        assertThat(ofStaff().stream().map(Named::key)).containsAll(ELSEWHERE.keySet());
        assertThat(ofStaff().stream().filter(Named::isWithin).map(Named::key))
                .contains("listRegistrations /query/areaCode");
    }

    /** The generator finds it in queries and at the top of a body, and there alone; of callers that have an area. */
    @Test
    void is_declared_where_the_generated_route_enforces_it() {
        var faults = new ArrayList<String>();
        for (Contract.Operation operation : contract.operations()) {
            var owner = operation.node().path("x-anju-owner").asText();
            var here = named(operation).stream()
                    .filter(named -> named.node().has(WITHIN))
                    .toList();
            here.stream()
                    .filter(named -> !named.isWithin()
                            || !owner.equals("area")
                            || !named.pointer().matches("(/query)?/[A-Za-z]+")
                            || !operation.node().path("responses").has("422"))
                    .forEach(named -> faults.add(named.key()));
            if (here.size() > 1) {
                faults.add(operation.id() + ": more than one area");
            }
        }
        assertThat(faults).isEmpty();
        assertThat(Contract.text().split(WITHIN, -1).length - 1)
                .as("stands nowhere else")
                .isEqualTo((int) contract.operations().stream()
                        .flatMap(operation -> named(operation).stream())
                        .filter(Named::isWithin)
                        .count());
    }

    private List<Named> ofStaff() {
        return contract.operations().stream()
                .filter(operation ->
                        OWNERS.contains(operation.node().path("x-anju-owner").asText()))
                .flatMap(operation -> named(operation).stream())
                .filter(named -> named.pointer().endsWith("reaCode") || named.isWithin())
                .toList();
    }

    /** Every parameter, and every field of a body however deep. */
    private List<Named> named(Contract.Operation operation) {
        var found = new ArrayList<Named>();
        contract.parameters(operation).forEach(parameter -> {
            var pointer = '/'
                    + parameter.path("in").asText()
                    + '/'
                    + parameter.path("name").asText();
            found.add(new Named(operation.id(), pointer, parameter));
        });
        operation
                .node()
                .at("/requestBody/content")
                .forEach(content -> fields(operation, "", content.path("schema"), found));
        return found;
    }

    private void fields(Contract.Operation operation, String pointer, JsonNode node, List<Named> found) {
        var schema = contract.resolve(node);
        schema.path("properties").properties().forEach(field -> {
            found.add(new Named(operation.id(), pointer + '/' + field.getKey(), field.getValue()));
            fields(operation, pointer + '/' + field.getKey(), field.getValue(), found);
        });
        if (schema.has("items")) {
            fields(operation, pointer + "/-", schema.path("items"), found);
        }
        schema.path("allOf").forEach(part -> fields(operation, pointer, part, found));
    }
}
