package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is another's looks like what is not there: every secured operation is asked, by strangers who may call it, about
 * things that exist and about things that do not, and the answers are the same.
 */
class OthersIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    /** What differs between any two answers: ids of the request itself, and the trace. */
    private static final Set<String> HEADERS_OF_THEIR_OWN = Set.of("ratelimit", "date");

    @SuppressWarnings("NullAway.Init")
    private static World world;

    @SuppressWarnings("NullAway.Init")
    private static Map<String, String> owners;

    /** What one office of a city does not show to another of the same city. */
    private static final Set<String> BY_OFFICE = Set.of("staff.tasks", "staff.files", "staff.publicity");

    @SuppressWarnings("NullAway.Init")
    private static String neighbour;

    @SuppressWarnings("NullAway.Init")
    private static Case strangers;

    @SuppressWarnings("NullAway.Init")
    private static String strangersAttachment;

    /** By audience and then by who they are; none of them has any part in the world's things. */
    private static final Map<String, Map<String, String>> STRANGERS = new HashMap<>();

    @BeforeAll
    static void build() {
        world = World.build(anju);
        strangers = new Cases(anju).handIn("320302001001");
        var token = strangers.resident().token();
        strangersAttachment = anju.http()
                .get(strangers.path(), token)
                .expect(200)
                .json()
                .at("/attachments/0/id")
                .asText();
        var people = anju.people();
        neighbour = people.staff("district", "370203");
        owners = world.owners();
        STRANGERS.put("resident", Map.of("an applicant", token, "somebody new", people.resident()));
        STRANGERS.put(
                "staff",
                Map.of(
                        "street of another city", people.staff("street", "320302001"),
                        "another city", people.staff("city", "3203")));
        var scopes = ContractOperation.scopesOf("partner").toArray(String[]::new);
        STRANGERS.put(
                "partner",
                Map.of(
                        "another agency", people.partner(new Agency("370200", "housing"), scopes),
                        "the agency of another city", people.partner(new Agency("320300", "tax"), scopes)));
    }

    @Test
    void the_world_has_one_of_everything_that_the_contract_names() {
        var wanted = new TreeSet<String>();
        ContractOperation.all().forEach(operation -> wanted.addAll(operation.identifiers()));
        assertThat(world.parameters()).containsAll(wanted);
    }

    @Test
    void its_owners_do_see_these_things() {
        assertThat(ContractOperation.all().stream()
                        .filter(operation -> operation.method().equals("get"))
                        .filter(OthersIT::isOfOthers)
                        .map(operation -> operation.id() + " "
                                + ask(operation, owner(operation), world::id).status()))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 200"));
    }

    @TestFactory
    Stream<DynamicTest> what_is_anothers_looks_like_what_is_not_there() {
        return each(operation -> {
            var who = new LinkedHashMap<>(Objects.requireNonNull(STRANGERS.get(audience(operation))));
            if (BY_OFFICE.containsAll(operation.scopes())) {
                who.put("another district of the city", neighbour);
            }
            who.forEach((name, token) -> {
                var answer = assertSame(name, operation, token, world::id, operation::unknown);
                if (operation.hasIdentifier()) {
                    answer.expect(404);
                }
            });
        });
    }

    /** The first identifier is the caller's own, the second another's: a check of the first alone would let it pass. */
    @TestFactory
    Stream<DynamicTest> what_is_within_ones_own_is_no_door_to_anothers() {
        return each(operation -> {
            if (operation.identifiers().contains("attachmentId")) {
                assertSame(
                        "the owner of another application",
                        operation,
                        owner(operation),
                        name -> name.equals("attachmentId") ? strangersAttachment : world.id(name),
                        name -> name.equals("attachmentId") ? operation.unknown(name) : world.id(name));
            }
        });
    }

    private static Answer assertSame(
            String who,
            ContractOperation operation,
            String token,
            UnaryOperator<String> existing,
            UnaryOperator<String> unknown) {
        var sent = new HashMap<String, String>();
        var ofOthers = ask(operation, token, existing);
        var ofNobody = ask(operation, token, name -> {
            var id = unknown.apply(name);
            sent.put(id, existing.apply(name));
            return id;
        });
        assertThat(shown(ofOthers, Map.of())).as(who).isEqualTo(shown(ofNobody, sent));
        return ofOthers;
    }

    private static Answer ask(ContractOperation operation, String token, UnaryOperator<String> identifiers) {
        return operation.request(anju.http(), identifiers).token(token).send();
    }

    /** Everything of an answer that could tell two things apart. */
    private static String shown(Answer answer, Map<String, String> replaced) {
        var body = new String(answer.body(), StandardCharsets.UTF_8)
                .replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "\"traceId\":\"\"");
        for (var id : replaced.entrySet()) {
            body = body.replace(id.getKey(), id.getValue());
        }
        var headers = new TreeSet<String>();
        answer.headers().map().forEach((name, values) -> {
            if (!HEADERS_OF_THEIR_OWN.contains(name)) {
                headers.add(name + "=" + values);
            }
        });
        return answer.status() + "\n" + headers + "\n" + body;
    }

    private static String owner(ContractOperation operation) {
        return Objects.requireNonNull(owners.get(World.owner(operation)));
    }

    private static String audience(ContractOperation operation) {
        return Objects.requireNonNull(operation.audience());
    }

    private static boolean isOfOthers(ContractOperation operation) {
        return operation.audience() != null && !operation.identifiers().isEmpty();
    }

    private static Stream<DynamicTest> each(Consumer<ContractOperation> check) {
        return ContractOperation.all().stream()
                .filter(OthersIT::isOfOthers)
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
    }
}
