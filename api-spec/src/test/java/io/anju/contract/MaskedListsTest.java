package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Lists show people masked: in no list is there a field for a name, number, phone, account or income in clear. */
class MaskedListsTest {
    /** Fields of persons as their own files name them. */
    private static final Set<String> CLEAR = Set.of(
            "fullName",
            "realName",
            "nationalId",
            "birthDate",
            "phone",
            "contactPhone",
            "addressLine",
            "line",
            "bankAccount",
            "bankCardNumber",
            "monthlyIncomeFen",
            "incomes",
            "assets",
            "specialGroups",
            "members",
            "currentAddress");

    /** By the list and what its items hold; each with the reason why it has to be told there. */
    private static final Map<String, String> TOLD = Map.of(
            "listVerificationRequests/items/subjects/nationalId",
            "an agency is asked about this person, and finds them by nothing else",
            "listMyCorrections/items/addressLine",
            "the resident's own wish, shown to them alone",
            "listLeases/items/amendments/addressLine",
            "given with one lease, never in lists",
            "listLeases/items/amendments/phone",
            "given with one lease, never in lists",
            "listMyLeases/items/amendments/addressLine",
            "given with one lease, never in lists",
            "listMyLeases/items/amendments/phone",
            "given with one lease, never in lists");

    private final Contract contract = new Contract();

    @Test
    void no_list_has_a_field_for_what_is_personal() {
        var found = new TreeSet<String>();
        var lists = new TreeSet<String>();
        for (Contract.Operation operation : contract.operations()) {
            contract.responses(operation).forEach((status, response) -> {
                var schema = contract.resolve(response.at("/content/application~1json/schema"));
                if (status.startsWith("2") && schema.path("properties").has("nextCursor")) {
                    lists.add(operation.id());
                    walk(operation.id(), "", schema, new HashSet<>(), found);
                }
            });
        }
        assertThat(lists).hasSizeGreaterThan(30).contains("listRegistrations", "listTasks");
        assertThat(found).containsExactlyInAnyOrderElementsOf(TOLD.keySet());
    }

    private void walk(String list, String pointer, JsonNode node, Set<String> passed, Set<String> found) {
        if (node.has("$ref") && !passed.add(node.path("$ref").asText())) {
            return;
        }
        var schema = contract.resolve(node);
        schema.path("properties").properties().forEach(field -> {
            if (CLEAR.contains(field.getKey())) {
                found.add(list + pointer + '/' + field.getKey());
            }
            walk(list, pointer + '/' + field.getKey(), field.getValue(), passed, found);
        });
        if (schema.has("items")) {
            walk(list, pointer, schema.path("items"), passed, found);
        }
        schema.path("allOf").forEach(part -> walk(list, pointer, part, passed, found));
    }
}
