package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Agency;
import io.anju.platform.http.AgencyCaller;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Forgery;
import io.anju.platform.http.Office;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.Operation.Owner;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.http.Route;
import io.anju.platform.problem.Refusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The generated route of each operation lets nobody pass but whom the contract declares, with whatever scopes: every
 * operation is called, behind the edge's back, by every kind of caller.
 */
class WhoseThingsTest {
    private static final UUID ID = UUID.fromString("01987a54-7c00-7a5b-8f3e-6d2c1b0a9f01");
    private static final Office STREET = new Office("370200", "street", "370202001", "street");
    private static final Office CITY = new Office("370200", "city", "3702", "city");

    private static final Map<String, Route> ROUTES = GeneratedRoutes.all().stream()
            .collect(Collectors.toMap(route -> route.operation().id(), Function.identity()));

    /** Who may pass; by owner. A kind of owner without a row fails. */
    private static final Map<Owner, Set<String>> ADMITTED = Map.of(
            Owner.ACCOUNT,
            Set.of(
                    "resident",
                    "resident with an office",
                    "partner",
                    "partner of no agency",
                    "street",
                    "city",
                    "staff of no office"),
            Owner.RESIDENT,
            Set.of("resident", "resident with an office"),
            Owner.AGENCY,
            Set.of("partner"),
            Owner.OFFICE,
            Set.of("street", "city"),
            Owner.AREA,
            Set.of("street", "city"),
            Owner.CITY,
            Set.of("city"));

    private static final Map<Owner, Class<? extends Caller>> HANDED = Map.of(
            Owner.ACCOUNT, AccountCaller.class,
            Owner.RESIDENT, ResidentCaller.class,
            Owner.AGENCY, AgencyCaller.class,
            Owner.OFFICE, OfficeCaller.class,
            Owner.AREA, AreaCaller.class,
            Owner.CITY, CityCaller.class);

    @TestFactory
    Stream<DynamicTest> lets_nobody_pass_but_whom_the_contract_declares() {
        return Contract.all().stream()
                .filter(ContractOperation::isSecured)
                .flatMap(operation -> callers(operation.scopes()).entrySet().stream()
                        .map(who -> DynamicTest.dynamicTest(
                                operation.id() + " " + who.getKey(),
                                () -> tryAs(operation, who.getKey(), who.getValue()))));
    }

    private static void tryAs(ContractOperation operation, String name, Caller caller) {
        var route = Objects.requireNonNull(ROUTES.get(operation.id()));
        var owner = owner(operation);
        assertThat(route.operation().owner()).isEqualTo(owner);
        var outcome = catchThrowable(() -> route.handler().handle(Forgery.of(route.operation(), caller)));
        if (Objects.requireNonNull(ADMITTED.get(owner)).contains(name)) {
            // what follows is the input, which is read, or found wanting, or no input at all
            assertThat(outcome instanceof Refusal).as("was refused").isFalse();
        } else {
            assertThat(outcome)
                    .as("was refused before anything was read or called")
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code().id()).isEqualTo(refusal(owner, name)));
        }
    }

    private static String refusal(Owner owner, String name) {
        if (name.equals("nobody") || name.equals("the system")) {
            return "unauthenticated";
        }
        return owner == Owner.CITY && name.equals("street") ? "city-office-only" : "forbidden";
    }

    /** Everybody with all the scopes that the operation wants, as a forged token might have them. */
    private static Map<String, Caller> callers(Set<String> scopes) {
        var callers = new LinkedHashMap<String, Caller>();
        callers.put("nobody", new Caller(Caller.Kind.ANONYMOUS, null, scopes, null, null, null));
        callers.put("the system", new Caller(Caller.Kind.SYSTEM, null, scopes, null, null, null));
        callers.put("resident", known(Caller.Kind.RESIDENT, scopes, null, null));
        callers.put("resident with an office", known(Caller.Kind.RESIDENT, scopes, CITY, null));
        callers.put("partner", known(Caller.Kind.PARTNER, scopes, null, new Agency("370200", "tax")));
        callers.put("partner of no agency", known(Caller.Kind.PARTNER, scopes, null, null));
        callers.put("street", known(Caller.Kind.STAFF, scopes, STREET, null));
        callers.put("city", known(Caller.Kind.STAFF, scopes, CITY, null));
        callers.put("staff of no office", known(Caller.Kind.STAFF, scopes, null, null));
        return callers;
    }

    private static Caller known(
            Caller.Kind kind, Set<String> scopes, @Nullable Office office, @Nullable Agency agency) {
        return new Caller(kind, ID, scopes, ID, office, agency);
    }

    /** What a room is handed says whose things it may look for; it has no other way to learn who asks. */
    @Test
    void each_operation_is_handed_the_caller_that_the_contract_declares() {
        var methods = GeneratedRoutes.interfaces()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isDefault())
                .collect(Collectors.toMap(method -> method.getName(), Function.identity()));
        assertThat(Contract.all()).allSatisfy(operation -> {
            var handed = Arrays.stream(
                            Objects.requireNonNull(methods.get(operation.id())).getParameterTypes())
                    .filter(Caller.class::isAssignableFrom)
                    .toList();
            if (operation.isSecured()) {
                assertThat(handed).isEqualTo(List.of(Objects.requireNonNull(HANDED.get(owner(operation)))));
            } else {
                assertThat(handed).isEmpty();
            }
        });
    }

    /** Only the generated route makes an area; what takes one cannot be handed what lies elsewhere. */
    @Test
    void each_operation_is_handed_an_area_where_the_contract_declares_one() {
        var taking = GeneratedRoutes.interfaces()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Area.class))
                .map(method -> method.getName())
                .toList();
        assertThat(taking)
                .containsExactlyInAnyOrderElementsOf(Contract.all().stream()
                        .filter(operation -> operation.areaWithin() != null)
                        .map(ContractOperation::id)
                        .toList())
                .contains("listRegistrations");
        assertThat(Area.class.getConstructors()).isEmpty();
    }

    private static Owner owner(ContractOperation operation) {
        return Owner.valueOf(operation.owner().toUpperCase(Locale.ROOT));
    }
}
