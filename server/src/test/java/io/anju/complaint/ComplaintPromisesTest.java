package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.NamedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the table of promises says is tested is tested: each class is there, with each case that is named behind it. */
class ComplaintPromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`|`([a-z0-9]+(?:_[a-z0-9]+)+)`");

    @Test
    void every_class_and_case_that_is_named_exists() throws IOException {
        var tests = NamedTests.of("server");
        var table = NAMED.matcher(Files.readString(Path.of("docs", "complaint-tests.md")));
        var current = "";
        int cases = 0;
        while (table.find()) {
            if (table.group(1) != null) {
                current = table.group(1);
                assertThat(tests.classes()).contains(current);
            } else {
                assertThat(tests.has(current, table.group(2)))
                        .as(current + " " + table.group(2))
                        .isTrue();
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(40);
    }
}
