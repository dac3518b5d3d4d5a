package io.anju;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.NamedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about rent and payment names tests that are there, in the classes that it says. */
class RentTestsTableTest {
    private static final Path PAGE = Path.of("docs", "rent-and-payment-tests.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern TEST_METHOD = Pattern.compile("`([a-z]\\w*_\\w+)`");

    private static List<String> names(Pattern pattern, String row) {
        return pattern.matcher(row)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void every_case_is_held_by_tests_that_are_there() throws IOException {
        var tests = NamedTests.of("server");
        var rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20);
        for (var row : rows) {
            var held = row.substring(row.indexOf(" | ") + 1);
            var classes = names(TEST_CLASS, held);
            assertThat(tests.classes()).as(row).containsAll(classes);
            for (var method : names(TEST_METHOD, held)) {
                assertThat(classes).as(method + " of " + row).anyMatch(name -> tests.has(name, method));
            }
        }
    }
}
