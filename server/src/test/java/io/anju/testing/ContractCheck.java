package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers of the server against the contract: the status and the media type are declared, the declared headers
 * are there, and the body fits its schema.
 */
public final class ContractCheck {
    private static final String DOCUMENT = "/anju/contract/openapi.json";
    private static final String PROBLEM = "application/problem+json";

    /** What the edge answers before it knows the operation's own rules; no operation declares it. */
    private static final Map<Integer, String> OF_THE_EDGE = Map.of(
            404, "not-found",
            405, "method-not-allowed",
            406, "not-acceptable",
            408, "request-timeout",
            413, "payload-too-large",
            414, "uri-too-long",
            431, "headers-too-large");

    /** OpenAPI 3.0's dialect of JSON Schema; the document around the schemas is no schema, and says nothing to it. */
    private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(OpenApi30.getInstance())
            .keywords(Stream.of(
                            "openapi",
                            "info",
                            "servers",
                            "security",
                            "tags",
                            "paths",
                            "components",
                            "x-anju-values-may-grow")
                    .map(NonValidationKeyword::new)
                    .toList())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode root;
    private final JsonSchema schemas;
    private final List<Template> templates;

    private ContractCheck() {
        this.root = read();
        this.schemas = JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V7,
                        builder -> builder.metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()))
                .getSchema(
                        SchemaLocation.of("classpath:" + DOCUMENT),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .typeLoose(false)
                                .build());
        this.templates = root.path("paths").properties().stream()
                .map(path -> Template.of(path.getKey()))
                .sorted()
                .toList();
    }

    private static final class Holder {
        static final ContractCheck INSTANCE = new ContractCheck();
    }

    /** The check for the contract that this build serves; reading it takes a moment, so there is one. */
    public static ContractCheck instance() {
        return Holder.INSTANCE;
    }

    /** A path of the contract and what matches it; those with fewer parameters come first. */
    private record Template(String path, Pattern pattern) implements Comparable<Template> {
        static Template of(String path) {
            return new Template(path, Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+")));
        }

        private int parameters() {
            return (int) path.chars().filter(c -> c == '{').count();
        }

        @Override
        public int compareTo(Template other) {
            int byParameters = Integer.compare(parameters(), other.parameters());
            return byParameters != 0 ? byParameters : path.compareTo(other.path);
        }
    }

    /**
     * Fails with everything that the contract does not allow about an answer.
     *
     * @param path as it was asked for, without the query
     * @param header gives an answer's header by name, or null
     */
    public void require(
            String method, String path, int status, Function<String, @Nullable String> header, byte[] body) {
        var faults = faults(method, path, status, header, body);
        if (!faults.isEmpty()) {
            throw new AssertionError(method + ' ' + path + " answered " + status + " outside of the contract:\n  "
                    + String.join("\n  ", faults));
        }
    }

    /** What the contract does not allow about an answer; nothing for paths outside of the API. */
    public List<String> faults(
            String method, String path, int status, Function<String, @Nullable String> header, byte[] body) {
        if (!path.startsWith("/v1/")) {
            return List.of();
        }
        boolean isHead = method.equals("HEAD");
        var operation = find(isHead ? "GET" : method, path);
        if (isHead) {
            return headFaults(operation, status, header, body);
        }
        var response = operation == null ? null : response(operation, status);
        if (response == null) {
            return OF_THE_EDGE.containsKey(status)
                    ? problemOfTheEdge(status, header, body)
                    : List.of(operation == null ? "no such operation" : "undeclared status");
        }
        var faults = new ArrayList<String>();
        checkHeaders(response, header, faults);
        checkBody(response, header.apply("Content-Type"), body, faults);
        return faults;
    }

    /** HEAD is GET without the body: the status and the headers are GET's. */
    private List<String> headFaults(
            @Nullable String operation, int status, Function<String, @Nullable String> header, byte[] body) {
        var faults = new ArrayList<String>();
        if (body.length > 0) {
            faults.add("a body in the answer to HEAD");
        }
        var response = operation == null ? null : response(operation, status);
        if (response != null) {
            checkHeaders(response, header, faults);
        } else if (!OF_THE_EDGE.containsKey(status)) {
            faults.add("undeclared status");
        }
        return faults;
    }

    /** The pointer to the operation of a request, or null. */
    private @Nullable String find(String method, String wirePath) {
        var path = decoded(wirePath);
        return templates.stream()
                .filter(template -> template.pattern().matcher(path).matches())
                .map(template -> "/paths/" + escape(template.path()) + '/' + method.toLowerCase(Locale.ROOT))
                .filter(pointer -> !root.at(pointer).isMissingNode())
                .findFirst()
                .orElse(null);
    }

    /** The path with each segment decoded, as the server reads it; a slash that was encoded stays within its segment. */
    private static String decoded(String path) {
        try {
            return Arrays.stream(path.split("/", -1))
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8)
                            .replace('/', '_')
                            .replaceAll("\\v", "_"))
                    .collect(Collectors.joining("/"));
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private @Nullable String response(String operation, int status) {
        var pointer = operation + "/responses/" + status;
        return root.at(pointer).isMissingNode() ? null : settled(pointer);
    }

    private List<String> problemOfTheEdge(int status, Function<String, @Nullable String> header, byte[] body) {
        var faults = new ArrayList<String>();
        if (!PROBLEM.equals(mediaType(header.apply("Content-Type")))) {
            faults.add("not a problem document");
            return faults;
        }
        var problem = parse(body, faults);
        if (problem != null) {
            validate("/components/schemas/Problem", problem, faults);
            if (!problem.path("code").asText().equals(OF_THE_EDGE.get(status))) {
                faults.add("undeclared status");
            }
        }
        return faults;
    }

    private void checkHeaders(String response, Function<String, @Nullable String> header, List<String> faults) {
        root.at(response).path("headers").properties().forEach(declared -> {
            var name = declared.getKey();
            var value = header.apply(name);
            if (value == null) {
                faults.add("header " + name + " is missing");
                return;
            }
            var schema = settled(response + "/headers/" + escape(name)) + "/schema";
            var isNumber = root.at(schema).path("type").asText().equals("integer");
            validate(
                    schema,
                    isNumber ? json.getNodeFactory().numberNode(Long.parseLong(value)) : new TextNode(value),
                    faults);
        });
    }

    private void checkBody(String response, @Nullable String contentType, byte[] body, List<String> faults) {
        var content = root.at(response).path("content");
        if (content.isEmpty()) {
            if (body.length > 0) {
                faults.add("a body where none is declared");
            }
            return;
        }
        var mediaType = mediaType(contentType);
        if (!content.has(mediaType)) {
            faults.add("undeclared media type " + contentType);
        } else if (mediaType.endsWith("json")) {
            var value = parse(body, faults);
            if (value != null) {
                validate(response + "/content/" + escape(mediaType) + "/schema", value, faults);
            }
        }
    }

    private void validate(String pointerToSchema, JsonNode value, List<String> faults) {
        var place = SchemaLocation.of(DOCUMENT + '#' + pointerToSchema).getFragment();
        faults.addAll(schemas.getRefSchema(place).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private @Nullable JsonNode parse(byte[] body, List<String> faults) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            faults.add("a body that is not JSON");
            return null;
        }
    }

    /** The pointer to what a reference at the pointer means. */
    private String settled(String pointer) {
        var node = root.at(pointer);
        return node.has("$ref") ? node.path("$ref").asText().substring(1) : pointer;
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip();
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode read() {
        try (InputStream in = ContractCheck.class.getResourceAsStream(DOCUMENT)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
