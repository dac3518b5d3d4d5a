package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every operation of the contract has, so that whoever knows one knows all. */
class OperationsTest {
    private static final Pattern PATH = Pattern.compile("/v1(/([a-z][a-z0-9]*(-[a-z0-9]+)*|\\{[a-z][A-Za-z0-9]*}))+");
    private static final Pattern CAMEL = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Set<String> VERBS = Set.of(
            "accept",
            "add",
            "answer",
            "approve",
            "assign",
            "bind",
            "cancel",
            "check",
            "claim",
            "close",
            "confirm",
            "create",
            "decide",
            "declare",
            "delete",
            "download",
            "end",
            "enrol",
            "estimate",
            "exit",
            "export",
            "extend",
            "file",
            "follow",
            "freeze",
            "get",
            "import",
            "issue",
            "join",
            "list",
            "log",
            "look",
            "object",
            "open",
            "print",
            "propose",
            "publish",
            "rate",
            "record",
            "refresh",
            "reject",
            "release",
            "reopen",
            "reply",
            "request",
            "rescore",
            "resolve",
            "simulate",
            "submit",
            "supervise",
            "transfer",
            "unfreeze",
            "update",
            "upload",
            "appoint",
            "change",
            "disable",
            "enable",
            "reset",
            "revoke",
            "withdraw");

    /** Open to every audience: whoever is logged in may log out. */
    private static final Set<String> ANY_CALLER = Set.of("logOut");
    /** What an operation may be about, by who may call it. */
    private static final Map<String, Set<String>> OWNERS = Map.of(
            "", Set.of("account"),
            "resident", Set.of("resident"),
            "partner", Set.of("agency"),
            "staff", Set.of("account", "office", "area", "city"));

    /** Counted by session, and not by address: thousands of residents may sit behind that of one carrier. */
    private static final Set<String> COUNTED_BY_SESSION = Set.of("refreshSession");

    private final Contract contract = new Contract();

    @Test
    void has_operations() {
        assertThat(contract.operations()).hasSizeGreaterThan(30);
    }

    @Test
    void has_a_summary_a_description_and_one_known_tag() {
        var tags = new HashSet<String>();
        contract.root().path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
        each(operation -> faults(
                operation.node().path("summary").asText().isBlank(),
                "no summary",
                operation.node().path("summary").asText().length() > 80,
                "summary too long",
                operation.node().path("description").asText().length() < 40,
                "no description worth the name",
                operation.node().path("tags").size() != 1,
                "not exactly one tag",
                !tags.contains(operation.node().path("tags").path(0).asText()),
                "unknown tag"));
    }

    @Test
    void is_called_verb_and_noun_and_stands_under_a_kebab_case_plural_path() {
        var ids = new HashSet<String>();
        each(operation -> faults(
                !CAMEL.matcher(operation.id()).matches(), "not camelCase",
                !VERBS.contains(operation.id().split("(?=[A-Z])")[0]), "does not begin with a known verb",
                !ids.add(operation.id()), "another operation has this name",
                !PATH.matcher(operation.path()).matches(), "path is not kebab-case under /v1",
                !isPlural(operation.path()), "a segment before an identifier is not plural"));
    }

    @Test
    void is_counted_over_all_instances_where_anyone_may_make_it_work() {
        each(operation -> faults(
                !operation.isSecured()
                        && operation.isUnsafe()
                        && !isCostly(operation)
                        && !leavesNoTrace(operation)
                        && !COUNTED_BY_SESSION.contains(operation.id()),
                "open to all and unsafe, but not x-anju-costly",
                isCostly(operation) && operation.isSecured(),
                "x-anju-costly is for operations that are open to all",
                isCostly(operation) && !declares(operation, "429"),
                "x-anju-costly without 429"));
    }

    @Test
    void is_no_patch_because_mini_programs_cannot_send_one() {
        each(operation -> faults(
                !Set.of("get", "post", "put", "delete").contains(operation.method()), "method " + operation.method()));
    }

    @Test
    void says_who_may_call_it_with_known_scopes_of_one_audience() {
        var known = contract.root().at("/components/securitySchemes/anju/flows/clientCredentials/scopes");
        each(operation -> {
            var security = operation.node().path("security");
            var scopes = Contract.elements(security)
                    .flatMap(scheme -> Contract.elements(scheme.path("anju")))
                    .map(JsonNode::asText)
                    .toList();
            return faults(
                    !security.isArray(),
                    "no security: write [] where anyone may call",
                    security.size() > 1,
                    "alternatives of security",
                    operation.isSecured() && scopes.isEmpty() && !ANY_CALLER.contains(operation.id()),
                    "secured without a scope",
                    !scopes.stream().allMatch(known::has),
                    "unknown scope",
                    scopes.stream()
                                    .map(scope -> scope.split("\\.")[0])
                                    .distinct()
                                    .count()
                            > 1,
                    "two audiences");
        });
    }

    /** Whose things they are: the server keeps it, and a test asks about things of others. */
    @Test
    void says_whose_things_it_is_about_where_not_everyone_may_call_it() {
        each(operation -> {
            var owner = operation.node().path("x-anju-owner").asText();
            var audience = Contract.elements(operation.node().path("security"))
                    .flatMap(scheme -> Contract.elements(scheme.path("anju")))
                    .map(scope -> scope.asText().split("\\.")[0])
                    .findFirst()
                    .orElse("");
            return faults(
                    operation.isSecured() != !owner.isEmpty(),
                    "x-anju-owner is for operations that are not open to all",
                    operation.isSecured()
                            && !OWNERS.getOrDefault(audience, Set.of()).contains(owner),
                    "x-anju-owner " + owner + " does not fit " + audience);
        });
    }

    @Test
    void takes_an_idempotency_key_exactly_where_it_is_unsafe() {
        each(operation -> faults(
                operation.isUnsafe() != has(operation, "Idempotency-Key"), "Idempotency-Key does not fit the method"));
    }

    @Test
    void is_conditional_where_it_replaces_something() {
        each(operation -> faults(
                operation.method().equals("put") && !has(operation, "If-Match"), "a PUT without If-Match",
                has(operation, "If-Match") && !declares(operation, "412", "428"), "If-Match without 412 and 428"));
    }

    @Test
    void declares_one_success_and_the_errors_that_it_can_answer() {
        each(operation -> {
            var statuses = contract.responses(operation).keySet();
            return faults(
                    statuses.stream().filter(status -> status.startsWith("2")).count() != 1,
                    "not exactly one 2xx",
                    !statuses.stream().allMatch(status -> status.matches("2\\d\\d|304|4\\d\\d|503")),
                    "odd status",
                    declares(operation, "304") != has(operation, "If-None-Match"),
                    "304 and If-None-Match belong together",
                    !declares(operation, "400"),
                    "no 400",
                    operation.isSecured() && !declares(operation, "401", "403"),
                    "secured without 401 and 403",
                    operation.path().contains("{") && !declares(operation, "404"),
                    "an identifier without 404",
                    operation.hasBody() && !declares(operation, "413", "415"),
                    "a body without 413 and 415",
                    keepsAnswers(operation) && !declares(operation, "409", "422"),
                    "unsafe without 409 and 422",
                    !declares(operation, "429", "503"),
                    "no 429 or no 503");
        });
    }

    @Test
    void answers_every_error_with_a_problem_document() {
        each(operation -> contract.responses(operation).entrySet().stream()
                .filter(response -> response.getKey().matches("[45].*"))
                .filter(response -> !response.getValue()
                        .at("/content/application~1problem+json/schema/$ref")
                        .asText()
                        .equals("#/components/schemas/Problem"))
                .map(response -> response.getKey() + " is no problem document")
                .toList());
    }

    @Test
    void takes_json_or_one_file() {
        each(operation -> operation.node().at("/requestBody/content").properties().stream()
                .filter(content -> !Set.of("application/json", "multipart/form-data", "application/octet-stream")
                        .contains(content.getKey()))
                .map(content -> "takes " + content.getKey())
                .toList());
        each(operation -> faults(
                operation.hasBody()
                        && !operation
                                .node()
                                .path("requestBody")
                                .path("required")
                                .asBoolean(),
                "a body that may be left out"));
    }

    @Test
    void answers_anything_but_json_as_bytes() {
        each(operation -> contract.responses(operation).values().stream()
                .flatMap(response -> response.path("content").properties().stream())
                .filter(content -> !content.getKey().endsWith("json"))
                .filter(content ->
                        !content.getValue().at("/schema/format").asText().equals("binary"))
                .map(content -> content.getKey() + " is not format: binary")
                .toList());
    }

    @Test
    void lists_page_by_page_with_a_signed_cursor() {
        each(operation -> {
            var names = new TreeSet<String>();
            contract.parameters(operation)
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
            var paged = names.contains("cursor") || names.contains("limit");
            var success = contract.responses(operation).entrySet().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            var properties = contract.resolve(success.at("/content/application~1json/schema"))
                    .path("properties");
            return faults(
                    paged && !names.containsAll(Set.of("cursor", "limit")),
                    "cursor and limit belong together",
                    paged && !(properties.has("nextCursor") && hasArray(properties)),
                    "no items and nextCursor",
                    properties.has("nextCursor") && !paged,
                    "nextCursor without cursor");
        });
    }

    @Test
    void names_parameters_in_camel_case_and_bounds_them() {
        each(operation -> contract.parameters(operation).stream()
                .flatMap(parameter -> {
                    var name = parameter.path("name").asText();
                    var inHeader = parameter.path("in").asText().equals("header");
                    return faults(
                            parameter.path("description").asText().isBlank(),
                            name + ": no description",
                            !inHeader && !CAMEL.matcher(name).matches(),
                            name + ": not camelCase",
                            parameter.path("in").asText().equals("cookie"),
                            name + ": mini-programs have no cookies",
                            !Bounds.areGiven(contract.resolve(parameter.path("schema")), contract),
                            name + ": no bounds")
                            .stream();
                })
                .toList());
    }

    @Test
    void finds_what_is_missing() {
        var bare = new Contract.Operation("/v2/thing", "patch", contract.root().path("info"));
        assertThat(PATH.matcher(bare.path()).matches()).isFalse();
        assertThat(isPlural("/v1/application/{applicationId}")).isFalse();
        assertThat(isPlural("/v1/applications/{applicationId}")).isTrue();
        assertThat(declares(contract.operations().get(0), "999")).isFalse();
    }

    private void each(Function<Contract.Operation, List<String>> check) {
        var faults = contract.operations().stream()
                .flatMap(operation -> check.apply(operation).stream().map(fault -> operation.id() + ": " + fault))
                .toList();
        assertThat(faults).isEmpty();
    }

    /** Takes pairs of a condition and what is wrong where it holds. */
    private static List<String> faults(Object... pairs) {
        var faults = new ArrayList<String>();
        for (int i = 0; i < pairs.length; i += 2) {
            if ((Boolean) pairs[i]) {
                faults.add((String) pairs[i + 1]);
            }
        }
        return faults;
    }

    /** Counts in a way of its own, which nobody is found by. */
    private static boolean leavesNoTrace(Contract.Operation operation) {
        return operation.node().path("x-anju-leaves-no-trace").asBoolean();
    }

    private static boolean isCostly(Contract.Operation operation) {
        return operation.node().path("x-anju-costly").asBoolean();
    }

    private boolean declares(Contract.Operation operation, String... statuses) {
        return contract.responses(operation).keySet().containsAll(Set.of(statuses));
    }

    private boolean has(Contract.Operation operation, String header) {
        return contract.parameters(operation).stream()
                .anyMatch(parameter -> parameter.path("name").asText().equals(header));
    }

    /** Unsafe, and not marked as one that stores nothing: its answers are kept under their keys. */
    private static boolean keepsAnswers(Contract.Operation operation) {
        return operation.isUnsafe()
                && !operation.node().path("x-anju-stores-nothing").asBoolean();
    }

    private static boolean hasArray(JsonNode properties) {
        return Contract.elements(properties)
                .anyMatch(property -> property.path("type").asText().equals("array"));
    }

    /** Collections are plural: every segment that an identifier follows. */
    private static boolean isPlural(String path) {
        var segments = path.substring(1).split("/", -1);
        return Stream.iterate(0, i -> i + 1 < segments.length, i -> i + 1)
                .filter(i -> segments[i + 1].startsWith("{") && !segments[i].startsWith("{"))
                .allMatch(i -> segments[i].endsWith("s"));
    }
}
