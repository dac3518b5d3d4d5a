package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The merged contract, as the tests walk through it. */
final class Contract {
    /**
     * Tags whose paths, names, media types and errors another standard has settled, so that ours cannot hold for them.
     * Open311 GeoReport v2: snake_case, forms, XML, lists of errors.
     */
    private static final Set<String> OF_OTHER_STANDARDS = Set.of("open311");

    static final String LOCATION = "classpath:/anju/contract/openapi.json";
    static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options", "trace");

    /** OpenAPI 3.0's dialect of JSON Schema; the document around the schemas is no schema, and says nothing to it. */
    private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(OpenApi30.getInstance())
            .keywords(Stream.of("openapi", "info", "servers", "security", "tags", "paths", "components")
                    .map(NonValidationKeyword::new)
                    .toList())
            .build();

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V7, builder -> builder.metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()));
    private static final SchemaValidatorsConfig STRICT = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .typeLoose(false)
            .build();

    private final JsonNode root;
    private final JsonSchema document = SCHEMAS.getSchema(SchemaLocation.of(LOCATION), STRICT);

    Contract() {
        this.root = read();
    }

    /** One operation with where it stands in the document. */
    record Operation(String path, String method, JsonNode node) {
        String id() {
            return node.path("operationId").asText(method + ' ' + path);
        }

        boolean isUnsafe() {
            return !method.equals("get");
        }

        boolean isSecured() {
            return !node.path("security").isEmpty();
        }

        boolean hasBody() {
            return node.has("requestBody");
        }

        String pointer() {
            return "/paths/" + escape(path) + '/' + method;
        }
    }

    /** One schema of the document, with where it stands. */
    record Schema(String pointer, JsonNode node) {}

    JsonNode root() {
        return root;
    }

    static String text() {
        try (InputStream in = Contract.class.getResourceAsStream("/anju/contract/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the contract is not merged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> operations() {
        return allOperations().stream()
                .filter(operation -> !OF_OTHER_STANDARDS.contains(
                        operation.node().path("tags").path(0).asText()))
                .toList();
    }

    private List<Operation> allOperations() {
        var operations = new ArrayList<Operation>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method ->
                                operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    /** Follows one {@code $ref} where there is one. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The parameters of an operation with references followed. */
    List<JsonNode> parameters(Operation operation) {
        var pathLevel = root.path("paths").path(operation.path()).path("parameters");
        return Stream.concat(elements(pathLevel), elements(operation.node().path("parameters")))
                .map(this::resolve)
                .toList();
    }

    Map<String, JsonNode> responses(Operation operation) {
        return operation.node().path("responses").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, response -> resolve(response.getValue())));
    }

    /** Every schema under {@code components} and inside those, by pointer. */
    List<Schema> schemas() {
        var found = new ArrayList<Schema>();
        root.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> collect("/components/schemas/" + escape(schema.getKey()), schema.getValue(), found));
        return found;
    }

    private void collect(String pointer, JsonNode schema, List<Schema> found) {
        found.add(new Schema(pointer, schema));
        schema.path("properties")
                .properties()
                .forEach(property ->
                        collect(pointer + "/properties/" + escape(property.getKey()), property.getValue(), found));
        if (schema.has("items")) {
            collect(pointer + "/items", schema.path("items"), found);
        }
        if (schema.path("additionalProperties").isObject()) {
            collect(pointer + "/additionalProperties", schema.path("additionalProperties"), found);
        }
        for (int i = 0; i < schema.path("allOf").size(); i++) {
            collect(pointer + "/allOf/" + i, schema.path("allOf").get(i), found);
        }
    }

    /** What is wrong with a value under the schema at the pointer. */
    List<String> faults(String pointerToSchema, JsonNode value) {
        var place = SchemaLocation.of(LOCATION + '#' + pointerToSchema).getFragment();
        return document.getRefSchema(place).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
