package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may call what, for every operation of the contract: the matrix of operations and callers. */
class AccessIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final List<ContractOperation> OPERATIONS = Contract.all();

    @SuppressWarnings("NullAway.Init")
    private static Tokens tokens;

    @BeforeAll
    static void logIn() {
        tokens = Tokens.issue(anju);
    }

    @Test
    void every_operation_is_mounted() {
        var missing = OPERATIONS.stream()
                .filter(operation -> {
                    var answer = operation.request(anju.http()).unchecked().send();
                    return answer.status() == 405 || isNoRoute(operation, answer);
                })
                .map(ContractOperation::id)
                .toList();
        assertThat(missing).isEmpty();
    }

    /** Every operation asks for a log-in, or for a key in its form, or is open and then tells everybody the same. */
    @Test
    void every_operation_is_in_a_row() {
        assertThat(OPERATIONS)
                .filteredOn(operation -> !operation.isSecured() && !operation.hasForm())
                .allSatisfy(operation -> assertThat(operation.node().path("security"))
                        .as(operation.id())
                        .isEmpty());
        assertThat(OPERATIONS.stream().filter(operation -> !operation.isOfOwnForm()))
                .hasSize(11);
        assertThat(OPERATIONS.stream().filter(ContractOperation::hasForm)).hasSize(2);
    }

    /** Who calls makes no difference where anybody may; reads alone, as what changes something answers differently twice. */
    @TestFactory
    Stream<DynamicTest> what_is_open_is_the_same_for_everybody() {
        var open = OPERATIONS.stream()
                .filter(operation ->
                        !operation.isSecured() && operation.method().equals("get"));
        return each(open, operation -> {
            var nobody = operation.request(anju.http()).unchecked().send();
            assertThat(nobody.status()).isNotIn(401, 403);
            for (String audience : tokens.audiences()) {
                var somebody = operation
                        .request(anju.http())
                        .unchecked()
                        .token(tokens.get(audience))
                        .send();
                assertThat(somebody.status()).as(audience).isEqualTo(nobody.status());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> forms_are_taken_from_partners_of_the_city_with_the_scope_alone() {
        var keys = new PartnerKeys(anju);
        return each(OPERATIONS.stream().filter(ContractOperation::hasForm), operation -> {
            keys.wrong().forEach((who, key) -> Errors.require(operation, file(operation, key, null), 403));
            // a log-in of whatever kind is no key
            for (String audience : tokens.audiences()) {
                Errors.require(operation, file(operation, "", tokens.get(audience)), 403);
            }
            file(operation, keys.right(), null).expect(201);
        });
    }

    private static Answer file(ContractOperation operation, String key, @Nullable String token) {
        return operation
                .withoutBody(anju.http())
                .unchecked()
                .token(token)
                .bytes("application/x-www-form-urlencoded", operation.form(key).getBytes(StandardCharsets.UTF_8))
                .send();
    }

    @TestFactory
    Stream<DynamicTest> refuses_who_is_not_logged_in() {
        return secured(operation -> {
            var answer = operation.request(anju.http()).send().expect(401, "unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_tokens_that_are_none_of_ours() {
        return secured(operation -> {
            var right = tokens.right(operation);
            for (String token : List.of("x", "a.b.c", flipped(right), unsigned(right), right + right)) {
                operation.request(anju.http()).token(token).send().expect(401);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_other_audiences_and_missing_scopes() {
        return secured(operation -> {
            if (operation.scopes().isEmpty()) {
                return;
            }
            tokens.wrong(operation)
                    .forEach((who, token) -> assertThat(
                                    operation.request(anju.http()).token(token).send())
                            .as(who)
                            .returns(403, Answer::status)
                            .returns("forbidden", Answer::code));
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_expired_tokens() {
        var earlier = Tokens.issue(anju);
        return secured(operation -> {
            var now = anju.clock().instant();
            anju.clock().advance(Duration.ofDays(2));
            try {
                operation
                        .request(anju.http())
                        .token(earlier.right(operation))
                        .send()
                        .expect(401, "token-expired");
            } finally {
                anju.clock().set(now);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> knows_nothing_of_identifiers_that_nobody_has() {
        return each(
                OPERATIONS.stream().filter(ContractOperation::hasIdentifier),
                operation -> operation
                        .request(anju.http())
                        .token(operation.isSecured() ? tokens.right(operation) : null)
                        .send()
                        .expect(404));
    }

    /** By the generated route, before anything is looked for; what lies inside goes on to whatever else is found. */
    @TestFactory
    Stream<DynamicTest> refuses_areas_outside_the_callers() {
        var street = Desk.of(anju, "street", "370202001").token();
        var taking = OPERATIONS.stream().filter(operation -> operation.areaWithin() != null);
        return each(taking, operation -> {
            var pointer = Objects.requireNonNull(operation.areaWithin());
            for (String outside : List.of("370202002", "370203001001", "370202", "110101001001")) {
                var answer = operation
                        .withArea(anju.http(), pointer, outside)
                        .token(street)
                        .send();
                // an area of the wrong size for this operation does not follow the contract
                assertThat(answer.code()).as(outside).isIn("area-outside-office", "invalid-request");
                assertThat(answer.pointers()).contains(pointer);
            }
            assertThat(operation
                            .withArea(anju.http(), pointer, "370203001001")
                            .token(street)
                            .send()
                            .expect(422, "area-outside-office")
                            .pointers())
                    .containsExactly(pointer);
            assertThat(operation
                            .withArea(anju.http(), pointer, "370202001001")
                            .token(street)
                            .send()
                            .code())
                    .isNotIn("area-outside-office", "invalid-request");
        });
    }

    /** What other standards name is a word of theirs and no UUID. */
    @TestFactory
    Stream<DynamicTest> knows_nothing_of_names_that_nobody_has() {
        var named = OPERATIONS.stream()
                .filter(operation ->
                        !operation.isOfOwnForm() && operation.path().contains("{"));
        return each(named, operation -> {
            for (String name : List.of("nothing-has-this.json", "nothing-has-this.xml", "370200-2026-9999999-X.json")) {
                var path = operation.path().replaceFirst("\\{\\w+}", name) + "?jurisdiction_id=370200";
                Errors.require(
                        operation, anju.http().request("GET", path).unchecked().send(), 404);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_tokens_of_another_kind() {
        var session = anju.people().logInWithWeChat().json();
        return secured(operation -> operation
                .request(anju.http())
                .token(session.path("refreshToken").asText())
                .send()
                .expect(401, "unauthenticated"));
    }

    /** A proxy with every group but the operation's own, and for operations that are closed to proxies with all. */
    @TestFactory
    Stream<DynamicTest> refuses_proxies_beyond_their_mandate() {
        var mandates = new Mandated(anju);
        return secured(operation -> {
            var group = operation.proxyGroup();
            var grant = group == null ? mandates.ofAll() : mandates.ofAllBut(group);
            var token = "resident".equals(operation.audience()) ? mandates.token() : tokens.right(operation);
            operation
                    .request(anju.http())
                    .token(token)
                    .header("Anju-On-Behalf-Of", grant)
                    .send()
                    .expect(403, "proxy-not-valid");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_proxies_of_nobody_and_lets_those_of_the_right_group_pass() {
        var mandates = new Mandated(anju);
        var stranger = anju.people().resident();
        return each(OPERATIONS.stream().filter(operation -> operation.proxyGroup() != null), operation -> {
            var group = Objects.requireNonNull(operation.proxyGroup());
            var right = operation.request(anju.http()).header("Anju-On-Behalf-Of", mandates.of(group));
            assertThat(right.token(mandates.token()).send().code()).isNotEqualTo("proxy-not-valid");
            for (String grant : List.of(mandates.of(group), UUID.randomUUID().toString())) {
                operation
                        .request(anju.http())
                        .token(stranger)
                        .header("Anju-On-Behalf-Of", grant)
                        .send()
                        .expect(403, "proxy-not-valid");
            }
        });
    }

    @Test
    void every_group_of_proxies_is_one_that_can_be_given() {
        assertThat(OPERATIONS.stream().map(ContractOperation::proxyGroup).filter(Objects::nonNull))
                .isNotEmpty()
                .allMatch(Mandated.GROUPS::contains);
    }

    @Test
    void every_secured_operation_has_a_row_for_its_audience() {
        assertThat(OPERATIONS)
                .filteredOn(operation -> operation.isSecured() && operation.audience() != null)
                .allSatisfy(operation -> assertThat(tokens.audiences()).contains(operation.audience()));
    }

    /** The edge answers 404 with the code of any missing thing; a mounted operation refuses the missing log-in first. */
    private static boolean isNoRoute(ContractOperation operation, Answer answer) {
        return answer.status() == 404 && (operation.isSecured() || !operation.declares(404));
    }

    private static Stream<DynamicTest> secured(Consumer<ContractOperation> check) {
        return each(OPERATIONS.stream().filter(ContractOperation::isSecured), check);
    }

    private static Stream<DynamicTest> each(Stream<ContractOperation> operations, Consumer<ContractOperation> check) {
        return operations.map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
    }

    /** The same token with one bit of its signature changed. */
    private static String flipped(String token) {
        int at = token.lastIndexOf('.') + 5;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    /** The same claims under {@code alg: none}. */
    private static String unsigned(String token) {
        return "eyJhbGciOiJub25lIn0" + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }
}
