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
import java.util.function.Predicate;
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

    /** What is published, or names no household's thing. */
    private static final Set<String> NO_SECRETS = Set.of("cityCode", "programme", "digest", "keyId", "publicationId");

    /** Offices of the same city, with every role, in whose area nothing of the world is; by who they are. */
    private static final Map<String, String> NEIGHBOURS = new LinkedHashMap<>();

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
        NEIGHBOURS.put("another district", people.staff("district", "370203"));
        NEIGHBOURS.put("civil affairs of another district", people.staff("civil-affairs", "370203"));
        NEIGHBOURS.put("a street of another district", people.staff("street", "370203001"));
        NEIGHBOURS.put("another street of the district", people.staff("street", "370202002"));
        owners = world.owners();
        STRANGERS.put("resident", Map.of("an applicant", token, "somebody new", people.resident()));
        STRANGERS.put(
                "staff",
                Map.of(
                        "street of another city", people.staff("street", "320302001"),
                        "another city", people.staff("city", "3203")));
        var scopes = Contract.scopesOf("partner").toArray(String[]::new);
        STRANGERS.put(
                "partner",
                Map.of(
                        "another agency", people.partner(new Agency("370200", "housing"), scopes),
                        "the agency of another city", people.partner(new Agency("320300", "tax"), scopes)));
    }

    @Test
    void the_world_has_one_of_everything_that_the_contract_names() {
        var wanted = new TreeSet<String>();
        Contract.ofOwnForm().forEach(operation -> wanted.addAll(operation.identifiers()));
        assertThat(world.parameters()).containsAll(wanted);
    }

    @Test
    void its_owners_do_see_these_things() {
        assertThat(Contract.all().stream()
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
            if (Set.of("area", "office").contains(operation.owner())) {
                who.putAll(NEIGHBOURS);
            }
            who.forEach((name, token) -> {
                var answer = assertSame(name, operation, token, world::id, operation::unknown);
                if (operation.owner().equals("city") && name.startsWith("street")) {
                    answer.expect(403, "city-office-only");
                } else if (operation.hasIdentifier()) {
                    answer.expect(404);
                }
            });
        });
    }

    /** Money, homes, leases and rules are the whole city's: no district or street works on them, its own included. */
    @TestFactory
    Stream<DynamicTest> what_is_of_the_whole_city_is_for_the_offices_of_the_city() {
        var smaller = new LinkedHashMap<>(NEIGHBOURS);
        smaller.put("the district of the things", Objects.requireNonNull(owners.get("staff of the district")));
        smaller.put("the street of the things", Objects.requireNonNull(owners.get("staff of the street")));
        return staff(
                operation -> operation.owner().equals("city"),
                operation -> smaller.forEach(
                        (name, token) -> assertSame(name, operation, token, world::id, operation::unknown)
                                .expect(403, "city-office-only")));
    }

    /** Lists name nothing, and so cannot be asked about what is another's; they must not tell of it by themselves. */
    @TestFactory
    Stream<DynamicTest> lists_of_an_area_hold_nothing_of_its_neighbours() {
        return staff(
                operation -> Set.of("area", "office").contains(operation.owner())
                        && operation.method().equals("get")
                        && operation.identifiers().isEmpty(),
                operation -> NEIGHBOURS.forEach((name, token) -> {
                    var answer = ask(operation, token, world::id).expect(200);
                    var text = new String(answer.body(), StandardCharsets.UTF_8);
                    assertThat(world.parameters())
                            .as(name)
                            .filteredOn(parameter -> !NO_SECRETS.contains(parameter))
                            .noneMatch(parameter -> text.contains(world.id(parameter)));
                }));
    }

    private static Stream<DynamicTest> staff(Predicate<ContractOperation> which, Consumer<ContractOperation> check) {
        var chosen = Contract.all().stream()
                .filter(operation -> "staff".equals(operation.audience()))
                .filter(which)
                .toList();
        assertThat(chosen).hasSizeGreaterThan(5);
        return chosen.stream().map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
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
        return Contract.all().stream()
                .filter(OthersIT::isOfOthers)
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check.accept(operation)));
    }
}
