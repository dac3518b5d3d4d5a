package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.testing.ApiClient;
import io.anju.testing.PlantedPdf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract with a request that the contract allows: the examples of its parameters and body, and
 * identifiers that nothing has.
 */
record ContractOperation(String path, String method, JsonNode node, List<JsonNode> parameters) {
    /** A file that is taken wherever files are. */
    private static final byte[] DOCUMENT = PlantedPdf.of(2026);
    /** Spoken in forms of another standard, errors included. */
    private static final Set<String> OF_OTHER_STANDARDS = Set.of("open311");

    private static final String FORM = "application/x-www-form-urlencoded";

    String id() {
        return node.path("operationId").asText();
    }

    boolean isOfOwnForm() {
        return !OF_OTHER_STANDARDS.contains(node.path("tags").path(0).asText());
    }

    boolean isSecured() {
        return !node.path("security").isEmpty();
    }

    /** The group that a proxy must have been given for it; null where nobody may call it for another. */
    @Nullable
    String proxyGroup() {
        return node.has("x-anju-proxy") ? node.path("x-anju-proxy").asText() : null;
    }

    /** Whose things it is about; empty where it is open to all. */
    String owner() {
        return node.path("x-anju-owner").asText();
    }

    /** Where it takes an area that has to lie inside the caller's own, as refusals point to it; null where it does not. */
    @Nullable
    String areaWithin() {
        for (JsonNode parameter : parameters) {
            if (parameter.has("x-anju-within")) {
                return "/query/" + parameter.path("name").asText();
            }
        }
        return bodySchema().path("properties").properties().stream()
                .filter(field -> field.getValue().has("x-anju-within"))
                .map(field -> '/' + field.getKey())
                .findFirst()
                .orElse(null);
    }

    /** As {@link #request}, with this area where it takes one. */
    ApiClient.Call withArea(ApiClient http, String pointer, String area) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        return pointer.startsWith("/query/")
                ? withQuery(http, name + '=' + area)
                : withoutBody(http)
                        .body(((ObjectNode) body().deepCopy()).put(name, area).toString());
    }

    /** Open to all, and counted by address over all instances. */
    boolean isCostly() {
        return node.path("x-anju-costly").asBoolean();
    }

    boolean isUnsafe() {
        return takes("Idempotency-Key");
    }

    Set<String> scopes() {
        var scopes = new TreeSet<String>();
        node.path("security").forEach(scheme -> scheme.path("anju").forEach(scope -> scopes.add(scope.asText())));
        return scopes;
    }

    /** The first word of the scopes; null where any caller's token will do. */
    @Nullable
    String audience() {
        return scopes().stream()
                .map(scope -> scope.split("\\.", 2)[0])
                .findFirst()
                .orElse(null);
    }

    /** It has identifiers in its path that a stranger might try. */
    boolean hasIdentifier() {
        return parameters.stream().anyMatch(ContractOperation::isIdentifier);
    }

    boolean declares(int status) {
        return node.path("responses").has(Integer.toString(status));
    }

    boolean hasJsonBody() {
        return node.at("/requestBody/content").has("application/json");
    }

    /** Its body is a form, in which a key says who sends it. */
    boolean hasForm() {
        return node.at("/requestBody/content").has(FORM);
    }

    /** The example of its form, with this key. */
    String form(String key) {
        var example = node.at("/requestBody/content").path(FORM).path("example").asText();
        return example.replaceFirst("api_key=[^&]*", "api_key=" + encoded(key));
    }

    /** The example of its JSON body. */
    JsonNode body() {
        var content = node.at("/requestBody/content/application~1json");
        return content.has("example")
                ? content.path("example")
                : content.path("examples").elements().next().path("value");
    }

    /** The schema of its JSON body. */
    JsonNode bodySchema() {
        return Contract.resolve(node.at("/requestBody/content/application~1json/schema"));
    }

    /** A request that the contract allows, without a token. */
    ApiClient.Call request(ApiClient http) {
        return withBody(withoutBody(http));
    }

    /** As {@link #request}, but for the body. */
    ApiClient.Call withoutBody(ApiClient http) {
        return withVersion(unconditional(http, ""));
    }

    /** As {@link #request}, without the version that an edit was made on. */
    ApiClient.Call withoutVersion(ApiClient http) {
        return withBody(unconditional(http, ""));
    }

    /** As {@link #request}, with one more query parameter, already encoded. */
    ApiClient.Call withQuery(ApiClient http, String parameter) {
        return withBody(withVersion(unconditional(http, parameter)));
    }

    /** As {@link #request}, with another identifier. */
    ApiClient.Call withIdentifier(ApiClient http, String identifier) {
        return withBody(withVersion(http.request(method.toUpperCase(Locale.ROOT), url("", identifier))));
    }

    /**
     * The names of everything in the request that names a thing: parameters of the path, and whatever is a UUID in the
     * query and the body.
     */
    Set<String> identifiers() {
        var names = new TreeSet<String>();
        for (JsonNode parameter : parameters) {
            if (parameter.path("in").asText().equals("path") || isUuid(parameter)) {
                names.add(parameter.path("name").asText());
            }
        }
        if (hasJsonBody()) {
            ContractBody.withIdentifiers(body(), bodySchema(), name -> {
                names.add(name);
                return "";
            });
        }
        return names;
    }

    /** As {@link #request}, with these identifiers wherever the request takes one. */
    ApiClient.Call request(ApiClient http, UnaryOperator<String> identifiers) {
        var url = new StringBuilder(path);
        var query = new ArrayList<String>();
        for (JsonNode parameter : parameters) {
            var name = parameter.path("name").asText();
            var where = parameter.path("in").asText();
            if (where.equals("path")) {
                var template = '{' + name + '}';
                int at = url.indexOf(template);
                url.replace(at, at + template.length(), encoded(identifiers.apply(name)));
            } else if (where.equals("query")
                    && (isUuid(parameter) || parameter.path("required").asBoolean())) {
                var example = parameter.path("example").asText();
                query.add(name + '=' + encoded(isUuid(parameter) ? identifiers.apply(name) : example));
            }
        }
        var call = withVersion(http.request(
                method.toUpperCase(Locale.ROOT),
                query.isEmpty() ? url.toString() : url + "?" + String.join("&", query)));
        return hasJsonBody()
                ? call.body(ContractBody.withIdentifiers(body(), bodySchema(), identifiers)
                        .toString())
                : withBody(call);
    }

    private static boolean isUuid(JsonNode parameter) {
        return Contract.resolve(parameter.path("schema"))
                .path("format")
                .asText()
                .equals("uuid");
    }

    /** An identifier of this name that nothing has. */
    String unknown(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.path("name").asText().equals(name) && !isUuid(parameter))
                .map(parameter -> parameter.path("example").asText())
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private ApiClient.Call unconditional(ApiClient http, String query) {
        return http.request(
                method.toUpperCase(Locale.ROOT), url(query, UUID.randomUUID().toString()));
    }

    private ApiClient.Call withVersion(ApiClient.Call call) {
        return takes("If-Match") ? call.header("If-Match", "\"1\"") : call;
    }

    private ApiClient.Call withBody(ApiClient.Call call) {
        var content = node.at("/requestBody/content");
        if (content.isMissingNode()) {
            return call;
        }
        if (hasJsonBody()) {
            return call.body(body().toString());
        }
        if (hasForm()) {
            return call.bytes(FORM, form("").getBytes(StandardCharsets.UTF_8));
        }
        var file = DOCUMENT.clone();
        return content.has("multipart/form-data")
                ? call.file("hukou.pdf", "application/pdf", file)
                : call.bytes("application/octet-stream", file);
    }

    private String url(String moreQuery, String identifier) {
        var url = new StringBuilder(path);
        var query = new ArrayList<String>();
        for (JsonNode parameter : parameters) {
            var name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("path")) {
                var template = '{' + name + '}';
                var at = url.indexOf(template);
                url.replace(at, at + template.length(), encoded(value(parameter, identifier)));
            } else if (parameter.path("in").asText().equals("query")
                    && parameter.path("required").asBoolean()) {
                query.add(name + '=' + encoded(value(parameter, identifier)));
            }
        }
        if (!moreQuery.isEmpty()) {
            query.add(moreQuery);
        }
        return query.isEmpty() ? url.toString() : url + "?" + String.join("&", query);
    }

    boolean takes(String header) {
        return parameters.stream()
                .anyMatch(parameter -> parameter.path("name").asText().equals(header));
    }

    private static String value(JsonNode parameter, String identifier) {
        return isIdentifier(parameter) ? identifier : parameter.path("example").asText();
    }

    private static boolean isIdentifier(JsonNode parameter) {
        return parameter.path("in").asText().equals("path")
                && Contract.resolve(parameter.path("schema"))
                        .path("format")
                        .asText()
                        .equals("uuid");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
