package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the table of promises says is tested is tested: each class is there, with each case that is named behind it. */
class ComplaintPromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`|`([a-z0-9]+(?:_[a-z0-9]+)+)`");

    @Test
    void every_class_and_case_that_is_named_exists() throws IOException {
        var sources = sources();
        var table = NAMED.matcher(Files.readString(Path.of("docs", "complaint-tests.md")));
        var current = "";
        int cases = 0;
        while (table.find()) {
            if (table.group(1) != null) {
                current = table.group(1);
                assertThat(sources).containsKey(current);
            } else {
                assertThat(sources.get(current)).as(current).contains(" " + table.group(2) + "(");
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(40);
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new HashMap<String, String>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
