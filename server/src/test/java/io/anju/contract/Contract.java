package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The contract as its readers get it: every operation, scope and field that there is. */
final class Contract {
    private static final JsonNode ROOT = read();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    private Contract() {}

    /** Every operation that follows this contract's own conventions: for what speaks its forms only. */
    static List<ContractOperation> ofOwnForm() {
        return all().stream().filter(ContractOperation::isOfOwnForm).toList();
    }

    /** Every operation that there is. */
    static List<ContractOperation> all() {
        var operations = new ArrayList<ContractOperation>();
        ROOT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(of(path.getKey(), method.getKey(), path.getValue()))));
        return operations;
    }

    static ContractOperation byId(String id) {
        return all().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ContractOperation of(String path, String method, JsonNode item) {
        var parameters = new ArrayList<JsonNode>();
        item.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        item.path(method).path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        return new ContractOperation(path, method, item.path(method), parameters);
    }

    static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? ROOT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The names of all fields that any request or answer of the contract has. */
    static Set<String> namesOfAllFields() {
        var names = new TreeSet<String>();
        ROOT.at("/components/schemas")
                .findValues("properties")
                .forEach(properties -> properties.fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** Every scope that the contract knows for this audience. */
    static Set<String> scopesOf(String audience) {
        var scopes = new TreeSet<String>();
        ROOT.at("/components/securitySchemes/anju/flows/clientCredentials/scopes")
                .fieldNames()
                .forEachRemaining(scope -> {
                    if (scope.startsWith(audience + '.')) {
                        scopes.add(scope);
                    }
                });
        return scopes;
    }

    static List<String> required(JsonNode schema) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode read() {
        try (InputStream in = Contract.class.getResourceAsStream("/anju/contract/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
