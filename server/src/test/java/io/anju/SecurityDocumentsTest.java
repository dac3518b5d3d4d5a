package io.anju;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the table of security requirements says is there is there. */
class SecurityDocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path TABLE = Path.of("docs", "asvs-5.0-level-2.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`");
    private static final Pattern DOCUMENT = Pattern.compile("`(docs/[\\w./-]+\\.md)`");
    private static final int CHAPTERS = 16;

    private record Row(String number, String state, String how) {}

    @Test
    void every_test_class_that_is_named_exists() throws IOException {
        var named = new TreeSet<String>();
        TEST_CLASS.matcher(Files.readString(TABLE)).results().forEach(match -> named.add(match.group(1)));
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(testClasses()).containsAll(named);
    }

    @Test
    void every_document_that_is_named_exists() throws IOException {
        assertThat(DOCUMENT.matcher(Files.readString(TABLE)).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Path.of(name)).exists());
        assertThat(ROOT.resolve("SECURITY.md")).content().contains("server/" + TABLE);
    }

    @Test
    void every_requirement_has_one_row_with_a_state_and_a_reason() throws IOException {
        var rows = rows();
        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(rows).extracting(Row::number).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.state()).as(row.number()).isIn("met", "n/a", "open", "operator");
            if (!row.state().equals("operator")) {
                assertThat(row.how()).as(row.number()).isNotBlank();
            }
        });
        assertThat(rows.stream()
                        .map(row -> row.number().replaceAll("\\..*", ""))
                        .distinct())
                .hasSize(CHAPTERS);
    }

    private static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.matches("\\| \\d.*")) {
                var cells = line.split("\\|", -1);
                rows.add(new Row(cells[1].strip(), cells[3].strip(), cells[4].strip()));
            }
        }
        return rows;
    }

    private static Set<String> testClasses() throws IOException {
        var names = new HashSet<String>();
        for (String module : List.of("api-spec", "server", "sdk")) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.replace(".java", "")));
            }
        }
        return names;
    }
}
