package io.anju.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue that is published and the codes that the program can answer are the same. */
class CatalogueTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    /** An argument may itself come in both languages: {@code nameZh} and {@code nameEn}. */
    private static final Pattern ONE_LANGUAGE = Pattern.compile("(Zh|En)}");

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final List<Owned> CODES = codes();

    private record Owned(Code code, String domain) {}

    @Test
    void every_code_has_its_texts_and_status_in_the_file_of_its_domain() {
        assertThat(CODES).isNotEmpty();
        for (var owned : CODES) {
            var id = owned.code().id();
            var entry = Objects.requireNonNull(CATALOGUE.find(id), () -> "no text for " + id);
            assertThat(entry.status())
                    .as("status of %s", entry.id())
                    .isEqualTo(owned.code().status());
            assertThat(entry.domain()).as("domain of %s", entry.id()).isEqualTo(owned.domain());
        }
    }

    @Test
    void every_published_code_can_be_answered() {
        var known = CODES.stream().map(owned -> owned.code().id()).toList();
        assertThat(CATALOGUE.entries()).extracting(Catalogue.Entry::id).isSubsetOf(known);
    }

    @Test
    void no_two_enums_share_a_code() {
        assertThat(CODES).extracting(owned -> owned.code().id()).doesNotHaveDuplicates();
    }

    @Test
    void both_languages_say_something_with_the_same_placeholders() {
        for (var entry : CATALOGUE.entries()) {
            for (var text : List.of(entry.title(), entry.detail())) {
                assertThat(text.zhCn())
                        .as("zh-CN of %s", entry.id())
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(500);
                assertThat(text.en()).as("en of %s", entry.id()).isNotBlank().hasSizeLessThanOrEqualTo(500);
                assertThat(placeholders(text.zhCn())).as(entry.id()).isEqualTo(placeholders(text.en()));
            }
        }
    }

    @Test
    void codes_are_in_kebab_case_and_statuses_are_errors() {
        for (var entry : CATALOGUE.entries()) {
            assertThat(entry.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(entry.status()).isBetween(400, 599);
        }
    }

    private static TreeSet<String> placeholders(String text) {
        var found = new TreeSet<String>();
        PLACEHOLDER
                .matcher(text)
                .results()
                .forEach(match -> found.add(ONE_LANGUAGE.matcher(match.group()).replaceAll("}")));
        return found;
    }

    private static List<Owned> codes() {
        var found = new ArrayList<Owned>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.anju")) {
            if (type.isEnum() && type.isAssignableTo(Code.class)) {
                var domain = type.getPackageName().split("\\.")[2];
                for (Object constant : type.reflect().getEnumConstants()) {
                    found.add(new Owned((Code) constant, domain));
                }
            }
        }
        return found;
    }
}
