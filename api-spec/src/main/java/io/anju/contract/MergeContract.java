package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Merges {@code anju.yaml} and the part beside it for each domain into one document.
 *
 * <p>Every part refers to {@code #/components/…} as if it stood alone in the merged document. A path, schema or other
 * component that two parts define is an error: the contract has one place for each thing.
 */
public final class MergeContract {
    private static final String ROOT = "anju.yaml";
    private static final List<String> COMPONENT_KINDS =
            List.of("schemas", "responses", "parameters", "headers", "requestBodies", "examples", "securitySchemes");

    private static final Set<String> SENT_BY_CLIENT =
            Set.of("#/components/parameters/IdempotencyKey", "#/components/parameters/Language");

    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Takes the folder of parts and the folder to write {@code openapi.yaml} and {@code openapi.json} to. */
    public static void main(String[] args) throws IOException {
        var tool = new MergeContract();
        tool.write(tool.merge(Path.of(args[0])), Path.of(args[1]));
    }

    /** Gives the merged document; fails with the part and the name where two parts define the same thing. */
    public ObjectNode merge(Path folder) throws IOException {
        var document = (ObjectNode) yaml.readTree(folder.resolve(ROOT).toFile());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path part : files.filter(MergeContract::isPart).sorted().toList()) {
                addPart(document, yaml.readTree(part.toFile()), part);
            }
        }
        return document;
    }

    private static boolean isPart(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(".yaml") && !name.equals(ROOT);
    }

    private static void addPart(ObjectNode document, JsonNode part, Path source) {
        add(document.withObject("/paths"), part.path("paths"), source);
        for (String kind : COMPONENT_KINDS) {
            add(
                    document.withObject("/components/" + kind),
                    part.path("components").path(kind),
                    source);
        }
        part.path("tags").forEach(document.withArray("/tags")::add);
    }

    private static void add(ObjectNode target, JsonNode source, Path part) {
        for (Map.Entry<String, JsonNode> entry : source.properties()) {
            if (target.has(entry.getKey())) {
                throw new IllegalStateException(part + " defines again: " + entry.getKey());
            }
            target.set(entry.getKey(), entry.getValue());
        }
    }

    /** The contract as the SDK is generated from it: without the headers that its transport sends by itself. */
    static ObjectNode forClient(ObjectNode document) {
        var client = document.deepCopy();
        for (JsonNode path : client.path("paths")) {
            for (JsonNode operation : path) {
                var parameters = operation.path("parameters").elements();
                while (parameters.hasNext()) {
                    if (SENT_BY_CLIENT.contains(parameters.next().path("$ref").asText())) {
                        parameters.remove();
                    }
                }
            }
        }
        return client;
    }

    private void write(ObjectNode document, Path folder) throws IOException {
        Files.createDirectories(folder);
        yaml.writeValue(folder.resolve("openapi.yaml").toFile(), document);
        json.writeValue(folder.resolve("openapi.json").toFile(), document);
        json.writeValue(folder.resolve("openapi-client.json").toFile(), forClient(document));
    }
}
