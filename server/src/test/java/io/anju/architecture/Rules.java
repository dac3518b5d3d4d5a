package io.anju.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may know whom, for the house under {@code root}. */
record Rules(String root) {
    private static final Set<String> CLOCKS =
            Set.of("java.time.Clock", "java.time.InstantSource", "java.util.Timer", "java.util.Date");
    private static final Set<String> DATE_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Year",
            "java.time.YearMonth");
    /** Those of the policy package that serve, store or read documents. */
    private static final Set<String> POLICY_OUTSIDE = Set.of(
            "PolicyService",
            "PolicyStore",
            "PolicyApi",
            "PolicyFolder",
            "ProposalService",
            "ProposalStore",
            "ProposalApi");

    private static final Set<String> MAKERS_OF_CALLERS =
            Set.of("io.anju.platform.http.Whose", "io.anju.platform.http.InNameOf");

    private static final Set<String> FLOATS = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    ArchRule noCyclesBetweenRooms() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule noCyclesInsideThePlatform() {
        return slices().matching(root + ".platform.(*)..").should().beFreeOfCycles();
    }

    /** Exact numbers know nothing of documents, and the form of documents nothing of what the rules in them say. */
    ArchRule policyStandsOnNumbersAndForm() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + ".policy..")
                .withOptionalLayers(true)
                .layer("rules")
                .definedBy(root + ".policy")
                .layer("form")
                .definedBy(root + ".policy.yaml")
                .layer("numbers")
                .definedBy(root + ".policy.number")
                .whereLayer("rules")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("form")
                .mayOnlyBeAccessedByLayers("rules");
    }

    /** Stores, policies and Apis are a room's own; only the wiring at the root knows the Apis. */
    ArchRule nobodyTouchesAnothersInside() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<JavaClass>("use only their own room's Store, Policy and Api") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        user.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> isAnothersInside(user, dependency.getTargetClass()))
                                .forEach(dependency -> events.add(violated(user, dependency)));
                    }
                });
    }

    private boolean isAnothersInside(JavaClass user, JavaClass used) {
        var name = used.getSimpleName();
        var room = used.getPackageName();
        if (!room.startsWith(root + ".")
                || room.startsWith(root + ".platform.")
                || room.equals(root + ".api")
                || room.equals(user.getPackageName())) {
            return false;
        }
        return name.endsWith("Store")
                || name.endsWith("Policy")
                || name.endsWith("Api") && !user.getPackageName().equals(root);
    }

    private static ConditionEvent violated(JavaClass user, Dependency dependency) {
        return SimpleConditionEvent.violated(user, dependency.getDescription());
    }

    /** Rules of the city are functions of facts: nothing that waits, stores or looks at a clock. */
    ArchRule pureRulesKnowNoOutside() {
        return noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "java.sql..", "java.net..", root + ".platform.db..")
                .orShould()
                .dependOnClassesThat(DescribedPredicate.describe("are clocks", type -> CLOCKS.contains(type.getName())))
                .orShould()
                .callMethodWhere(isNow());
    }

    private DescribedPredicate<JavaClass> arePure() {
        return DescribedPredicate.describe("are rules", type -> {
            var outermost = outermost(type).getSimpleName();
            return type.getPackageName().startsWith(root)
                    && (outermost.endsWith("Policy")
                            || resides(type, root + ".policy") && !POLICY_OUTSIDE.contains(outermost));
        });
    }

    private static boolean resides(JavaClass type, String room) {
        return type.getPackageName().equals(room) || type.getPackageName().startsWith(room + ".");
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type.getEnclosingClass();
        return outer.isPresent() ? outermost(outer.get()) : type;
    }

    ArchRule sqlStaysInStores() {
        return noClasses()
                .that(areOutside("platform", "bench"))
                .and(DescribedPredicate.not(areNamed("Store")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..", "org.postgresql..");
    }

    ArchRule webStaysAtTheEdge() {
        return noClasses()
                .that(areOutside("platform", "sandbox", "bench", "api"))
                .and(DescribedPredicate.not(areNamed("Api")))
                .and(DescribedPredicate.not(areNamed("Client")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.core.http..");
    }

    /** What plays outside parties, and what measures, is started by commands of its own; the server knows neither. */
    ArchRule theServerKnowsNoPlayers() {
        return noClasses()
                .that(areOutside("sandbox", "bench", "cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".sandbox..", root + ".bench..");
    }

    /** A room is handed its caller by the generated route; only work that goes on without a request names somebody. */
    ArchRule roomsAreHandedTheirCaller() {
        return noClasses()
                .that(areOutside("platform", "api", "sandbox", "bench"))
                .and(DescribedPredicate.not(areNamed("RentTermsDesk")))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "make callers of a kind", type -> MAKERS_OF_CALLERS.contains(type.getName())));
    }

    /** Who somebody is, only their log-in says. */
    ArchRule onlyLogInMakesCallers() {
        return noClasses()
                .that(areOutside("platform", "identity"))
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "is a caller's",
                        call -> call.getTargetOwner().getName().equals("io.anju.platform.http.Caller")));
    }

    private DescribedPredicate<JavaClass> areOutside(String... rooms) {
        return DescribedPredicate.describe(
                "are outside " + String.join(", ", rooms),
                type -> type.getPackageName().startsWith(root)
                        && Stream.of(rooms).map(room -> root + "." + room).noneMatch(room -> resides(type, room)));
    }

    private static DescribedPredicate<JavaClass> areNamed(String ending) {
        return DescribedPredicate.describe(
                "are named …" + ending, type -> outermost(type).getSimpleName().endsWith(ending));
    }

    /** Money, areas and scores are integers or decimals. */
    ArchRule noFloatingPointInDomains() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAnyPackage(Stream.of(
                                "policy",
                                "application",
                                "waitinglist",
                                "publicity",
                                "verification",
                                "ledger",
                                "payment")
                        .map(room -> root + "." + room + "..")
                        .toArray(String[]::new))
                .should(new ArchCondition<JavaClass>("keep out of floating point") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Stream.concat(membersWithFloats(type), callsWithFloats(type))
                                .forEach(place -> events.add(SimpleConditionEvent.violated(type, place)));
                    }
                });
    }

    private static Stream<String> membersWithFloats(JavaClass type) {
        var fields = type.getFields().stream().filter(field -> isFloat(field.getRawType()));
        var units = type.getCodeUnits().stream()
                .filter(unit -> isFloat(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(Rules::isFloat));
        return Stream.concat(fields, units).map(JavaMember::getFullName);
    }

    private static Stream<String> callsWithFloats(JavaClass type) {
        return type.getCodeUnitCallsFromSelf().stream()
                .filter(call -> isFloat(call.getTarget().getRawReturnType())
                        || call.getTarget().getRawParameterTypes().stream().anyMatch(Rules::isFloat))
                .map(JavaAccess::getDescription);
    }

    private static boolean isFloat(HasName type) {
        return FLOATS.contains(type.getName());
    }

    /** Time is passed in, so that a test can move it. */
    ArchRule onlyThePlatformReadsTheClock() {
        return noClasses()
                .that(areOutside("platform", "bench", "sandbox", "cli"))
                .should()
                .callMethodWhere(isNow());
    }

    private static DescribedPredicate<JavaAccess<?>> isNow() {
        return DescribedPredicate.describe("reads the machine's clock", access -> {
            var owner = access.getTargetOwner().getName();
            var method = access.getTarget().getName();
            return DATE_TYPES.contains(owner) && method.equals("now")
                    || owner.equals("java.lang.System") && method.equals("currentTimeMillis");
        });
    }

    ArchRule everyPackageIsNullMarked() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<JavaClass>("live in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not marked"));
                        }
                    }
                });
    }

    /** All of them, by name. */
    Stream<Named> all() {
        return Stream.of(
                new Named("no cycles between rooms", noCyclesBetweenRooms()),
                new Named("no cycles inside the platform", noCyclesInsideThePlatform()),
                new Named("policy stands on numbers and form", policyStandsOnNumbersAndForm()),
                new Named("nobody touches another's inside", nobodyTouchesAnothersInside()),
                new Named("pure rules know no outside", pureRulesKnowNoOutside()),
                new Named("SQL stays in stores", sqlStaysInStores()),
                new Named("web stays at the edge", webStaysAtTheEdge()),
                new Named("the server knows no players", theServerKnowsNoPlayers()),
                new Named("rooms are handed their caller", roomsAreHandedTheirCaller()),
                new Named("only log-in makes callers", onlyLogInMakesCallers()),
                new Named("no floating point in domains", noFloatingPointInDomains()),
                new Named("only the platform reads the clock", onlyThePlatformReadsTheClock()),
                new Named("every package is null-marked", everyPackageIsNullMarked()));
    }

    record Named(String name, ArchRule rule) {
        boolean holdsFor(JavaClasses classes) {
            return !rule.allowEmptyShould(true).evaluate(classes).hasViolation();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
