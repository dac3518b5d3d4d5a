package io.anju.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String HOUSE = "io.anju";
    private static final String BROKEN_HOUSE = "io.anju.architecture.broken";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // the SDK is a partner's house, not ours
            .withImportOption(location -> !location.contains("/sdk/"))
            .importPackages(HOUSE);
    private static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN_HOUSE);

    static Stream<Rules.Named> rules() {
        return new Rules(HOUSE).all();
    }

    static Stream<Rules.Named> rulesOfTheBrokenHouse() {
        return new Rules(BROKEN_HOUSE).all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_house_keeps_its_rules(Rules.Named rule) {
        assertThat(CLASSES).hasSizeGreaterThan(100);
        rule.rule().allowEmptyShould(true).check(CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfTheBrokenHouse")
    void every_rule_finds_what_breaks_it(Rules.Named rule) {
        assertThat(rule.holdsFor(BROKEN_CLASSES)).isFalse();
    }
}
