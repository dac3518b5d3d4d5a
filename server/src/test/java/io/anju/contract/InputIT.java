package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no operation of the contract lets in, and how each says so. */
class InputIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    /** As many as one answer lists. */
    private static final int MOST_FINDINGS = 200;

    @SuppressWarnings("NullAway.Init")
    private static Tokens tokens;

    @BeforeAll
    static void logIn() {
        tokens = Tokens.issue(anju);
    }

    @TestFactory
    Stream<DynamicTest> unsafe_operations_need_an_idempotency_key() {
        return each(
                Contract.all().stream().filter(ContractOperation::isUnsafe),
                operation -> assertThat(authorised(operation, operation.request(anju.http()))
                                .withoutKey()
                                .send()
                                .expect(400, "invalid-request")
                                .findings())
                        .containsExactly("/header/Idempotency-Key required"));
    }

    @TestFactory
    Stream<DynamicTest> unsafe_operations_refuse_a_key_that_could_be_guessed_or_is_none() {
        return each(Contract.all().stream().filter(ContractOperation::isUnsafe), operation -> {
            for (String key : List.of("short", "a key with spaces in it", "x".repeat(65), "0123456789abcde;")) {
                assertThat(authorised(operation, operation.request(anju.http()))
                                .key(key)
                                .send()
                                .expect(400, "invalid-request")
                                .findings())
                        .containsExactly("/header/Idempotency-Key pattern");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> edits_need_the_version_they_were_made_on() {
        return each(
                Contract.all().stream().filter(operation -> operation.declares(428)),
                operation -> assertThat(authorised(operation, operation.withoutVersion(anju.http()))
                                .send()
                                .expect(428, "precondition-required")
                                .pointers())
                        .containsExactly("/header/If-Match"));
    }

    @TestFactory
    Stream<DynamicTest> bodies_are_one_json_document() {
        return eachBody(operation -> {
            for (String body : List.of("{", "{} {}", "{'a': 1}", "[".repeat(100), "{\"a\": 1, \"a\": 1}", "\u0000")) {
                send(operation, body).expect(400, "malformed-json");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> bodies_are_objects_and_hold_no_unknown_fields() {
        return eachBody(operation -> {
            assertThat(send(operation, "[]").expect(400, "invalid-request").findings())
                    .containsExactly(" wrong-type");
            var body = (ObjectNode) operation.body().deepCopy();
            body.put("isAdmin", true);
            assertThat(send(operation, body.toString())
                            .expect(400, "invalid-request")
                            .findings())
                    .containsExactly("/isAdmin unknown-field");
        });
    }

    /** Mass assignment: whatever the server decides (state, score, role, owner) cannot be sent along, at any depth. */
    @TestFactory
    Stream<DynamicTest> bodies_hold_nothing_that_the_server_decides() {
        var names = Contract.namesOfAllFields();
        return eachBody(operation -> ContractBody.objects(operation.body(), operation.bodySchema())
                .forEach(place -> {
                    var body = operation.body().deepCopy();
                    var object = (ObjectNode) body.at(place.pointer());
                    var alien = names.stream()
                            .filter(name -> !place.schema().path("properties").has(name))
                            .toList();
                    alien.stream().limit(MOST_FINDINGS).forEach(name -> object.put(name, "x"));
                    assertThat(send(operation, body.toString())
                                    .expect(400, "invalid-request")
                                    .findings())
                            .containsExactlyInAnyOrderElementsOf(alien.stream()
                                    .limit(MOST_FINDINGS)
                                    .map(name -> place.pointer() + "/" + name + " unknown-field")
                                    .toList());
                }));
    }

    @TestFactory
    Stream<DynamicTest> bodies_lack_nothing_that_is_required() {
        return eachBody(operation -> {
            var required = Contract.required(operation.bodySchema());
            if (!required.isEmpty()) {
                assertThat(send(operation, "{}").expect(400, "invalid-request").findings())
                        .containsExactlyInAnyOrderElementsOf(required.stream()
                                .map(name -> "/" + name + " required")
                                .toList());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> fields_have_their_type() {
        return eachBody(operation -> operation.body().properties().forEach(field -> {
            for (JsonNode wrong : wrongFor(field.getValue())) {
                var body = (ObjectNode) operation.body().deepCopy();
                body.set(field.getKey(), wrong);
                assertThat(send(operation, body.toString())
                                .expect(400, "invalid-request")
                                .pointers())
                        .as(field.getKey() + " = " + wrong)
                        .containsExactly("/" + field.getKey());
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> texts_are_bounded() {
        return eachBody(operation -> operation.body().properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                for (String absurd : List.of("字".repeat(100_000), "a\u0000b", "\u202e" + "x".repeat(20_000))) {
                    var body = (ObjectNode) operation.body().deepCopy();
                    body.put(field.getKey(), absurd);
                    assertThat(send(operation, body.toString())
                                    .expect(400, "invalid-request")
                                    .pointers())
                            .containsExactly("/" + field.getKey());
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> other_media_types_are_refused() {
        return eachBody(operation -> {
            for (String mediaType : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
                authorised(operation, operation.withoutBody(anju.http()))
                        .bytes(mediaType, "{}".getBytes(StandardCharsets.UTF_8))
                        .send()
                        .expect(415, "unsupported-media-type");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> bodies_beyond_the_limit_are_refused() {
        return eachBody(operation ->
                send(operation, "{\"a\": \"" + "x".repeat(1 << 20) + "\"}").expect(413, "payload-too-large"));
    }

    @TestFactory
    Stream<DynamicTest> versions_are_etags() {
        return each(Contract.all().stream().filter(operation -> operation.declares(428)), operation -> {
            for (String version : List.of("*", "1", "W/\"1\"", "\"x\"")) {
                assertThat(authorised(operation, operation.withoutVersion(anju.http()))
                                .header("If-Match", version)
                                .send()
                                .expect(400, "invalid-request")
                                .pointers())
                        .containsExactly("/header/If-Match");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> identifiers_in_paths_are_uuids() {
        return each(
                Contract.all().stream().filter(ContractOperation::hasIdentifier),
                operation -> assertThat(authorised(operation, operation.withIdentifier(anju.http(), "1-1-1-1-1"))
                                .send()
                                .expect(400, "invalid-request")
                                .findings())
                        .isNotEmpty()
                        .allMatch(finding -> finding.matches("/path/\\w+ not-a-uuid")));
    }

    @TestFactory
    Stream<DynamicTest> pages_are_bounded() {
        var paged = Contract.all().stream().filter(operation -> operation.takes("limit"));
        return each(paged, operation -> {
            assertThat(findings(operation, "limit", "0")).containsExactly("/query/limit too-small");
            assertThat(findings(operation, "limit", "101")).containsExactly("/query/limit too-large");
            assertThat(findings(operation, "limit", "many")).containsExactly("/query/limit wrong-type");
            assertThat(findings(operation, "limit", "5&limit=6")).containsExactly("/query/limit repeated-parameter");
            assertThat(findings(operation, "cursor", "a%20b")).containsExactly("/query/cursor pattern");
        });
    }

    @TestFactory
    Stream<DynamicTest> cursors_are_ours() {
        var paged =
                Contract.all().stream().filter(operation -> operation.takes("cursor") && !operation.hasIdentifier());
        return each(
                paged,
                operation -> assertThat(findings(operation, "cursor", "eyJhIjoxfQ.AAAA"))
                        .containsExactly("/query/cursor bad-cursor"));
    }

    private static List<String> findings(ContractOperation operation, String parameter, String rawValue) {
        return authorised(operation, operation.withQuery(anju.http(), parameter + "=" + rawValue))
                .send()
                .expect(400, "invalid-request")
                .findings();
    }

    @TestFactory
    Stream<DynamicTest> unknown_query_parameters_are_refused() {
        return each(Contract.all().stream(), operation -> {
            var call = authorised(operation, operation.withQuery(anju.http(), "limt=5"));
            if (operation.isOfOwnForm()) {
                var answer = call.send().expect(400, "invalid-request");
                assertThat(answer.findings()).contains("/query/limt unknown-parameter");
            } else {
                Errors.require(operation, call.unchecked().send(), 400);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> forms_are_forms_and_of_bounded_size() {
        return each(Contract.all().stream().filter(ContractOperation::hasForm), operation -> {
            for (String mediaType : List.of("text/plain", "application/json", "application/xml")) {
                Errors.require(operation, send(operation, mediaType, operation.form("x")), 415);
            }
            var form = "application/x-www-form-urlencoded";
            for (String odd : List.of("%zz", "a=1&a=2", "=&=", "api_key", "\u0000", operation.form("x") + "&%")) {
                Errors.require(operation, send(operation, form, odd), 400);
            }
            Errors.require(operation, send(operation, form, "description=" + "x".repeat(1 << 20)), 413);
        });
    }

    private static Answer send(ContractOperation operation, String mediaType, String body) {
        return operation
                .withoutBody(anju.http())
                .unchecked()
                .bytes(mediaType, body.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static List<JsonNode> wrongFor(JsonNode value) {
        var nodes = JsonNodeFactory.instance;
        return Stream.<JsonNode>of(
                        nodes.nullNode(),
                        nodes.numberNode(1.5),
                        nodes.booleanNode(true),
                        nodes.textNode(""),
                        nodes.arrayNode().add(nodes.arrayNode()),
                        nodes.objectNode().put("", 1))
                .filter(wrong -> wrong.getNodeType() != value.getNodeType())
                .toList();
    }

    private static Answer send(ContractOperation operation, String body) {
        return authorised(operation, operation.withoutBody(anju.http()))
                .body(body)
                .send();
    }

    private static ApiClient.Call authorised(ContractOperation operation, ApiClient.Call call) {
        return operation.isSecured() ? call.token(tokens.right(operation)) : call;
    }

    private static Stream<DynamicTest> eachBody(Consumer<ContractOperation> check) {
        return each(Contract.all().stream().filter(ContractOperation::hasJsonBody), check);
    }

    private static Stream<DynamicTest> each(Stream<ContractOperation> operations, Consumer<ContractOperation> check) {
        return operations.map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
    }
}
