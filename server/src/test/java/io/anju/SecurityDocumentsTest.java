package io.anju;

import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.NamedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the table of security requirements says is there is there. */
class SecurityDocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path TABLE = Path.of("docs", "asvs-5.0-level-2.md");
    private static final Path PROMISES = Path.of("docs", "access-and-data-tests.md");
    private static final Path WAITING_LIST = Path.of("docs", "waiting-list-tests.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`");
    /** {@code `Class#method`} */
    private static final Pattern TEST_METHOD = Pattern.compile("`([A-Z]\\w+(?:IT|Test))#(\\w+)`");

    private static final Pattern DOCUMENT = Pattern.compile("`(docs/[\\w./-]+\\.md)`");
    /**
     * How many items of levels 1 and 2 each section of ASVS 5.0.0 has. Where they are not the first of their section, those
     * between them are of level 3.
     */
    private static final Map<String, Integer> ITEMS = Map.ofEntries(
            Map.entry("1.1", 2),
            Map.entry("1.2", 9),
            Map.entry("1.3", 11),
            Map.entry("1.4", 3),
            Map.entry("1.5", 2),
            Map.entry("2.1", 3),
            Map.entry("2.2", 3),
            Map.entry("2.3", 4),
            Map.entry("2.4", 1),
            Map.entry("3.2", 2),
            Map.entry("3.3", 4),
            Map.entry("3.4", 6),
            Map.entry("3.5", 5),
            Map.entry("3.7", 2),
            Map.entry("4.1", 3),
            Map.entry("4.2", 1),
            Map.entry("4.3", 2),
            Map.entry("4.4", 4),
            Map.entry("5.1", 1),
            Map.entry("5.2", 3),
            Map.entry("5.3", 2),
            Map.entry("5.4", 3),
            Map.entry("6.1", 3),
            Map.entry("6.2", 12),
            Map.entry("6.3", 4),
            Map.entry("6.4", 4),
            Map.entry("6.5", 5),
            Map.entry("6.6", 3),
            Map.entry("6.8", 4),
            Map.entry("7.1", 3),
            Map.entry("7.2", 4),
            Map.entry("7.3", 2),
            Map.entry("7.4", 5),
            Map.entry("7.5", 2),
            Map.entry("7.6", 2),
            Map.entry("8.1", 2),
            Map.entry("8.2", 3),
            Map.entry("8.3", 1),
            Map.entry("8.4", 1),
            Map.entry("9.1", 3),
            Map.entry("9.2", 4),
            Map.entry("10.1", 2),
            Map.entry("10.2", 2),
            Map.entry("10.3", 4),
            Map.entry("10.4", 11),
            Map.entry("10.5", 5),
            Map.entry("10.6", 2),
            Map.entry("10.7", 3),
            Map.entry("11.1", 2),
            Map.entry("11.2", 3),
            Map.entry("11.3", 3),
            Map.entry("11.4", 4),
            Map.entry("11.5", 1),
            Map.entry("11.6", 1),
            Map.entry("12.1", 3),
            Map.entry("12.2", 2),
            Map.entry("12.3", 4),
            Map.entry("13.1", 1),
            Map.entry("13.2", 5),
            Map.entry("13.3", 2),
            Map.entry("13.4", 5),
            Map.entry("14.1", 2),
            Map.entry("14.2", 4),
            Map.entry("14.3", 3),
            Map.entry("15.1", 3),
            Map.entry("15.2", 3),
            Map.entry("15.3", 7),
            Map.entry("16.1", 1),
            Map.entry("16.2", 5),
            Map.entry("16.3", 4),
            Map.entry("16.4", 3),
            Map.entry("16.5", 3),
            Map.entry("17.1", 1),
            Map.entry("17.2", 4),
            Map.entry("17.3", 2));

    private static final int LEVELS_1_AND_2 = 253;

    private record Row(String number, String state, String how) {}

    @Test
    void every_test_class_that_is_named_exists() throws IOException {
        var named = new TreeSet<String>();
        for (var document : List.of(TABLE, PROMISES, WAITING_LIST)) {
            TEST_CLASS.matcher(Files.readString(document)).results().forEach(match -> named.add(match.group(1)));
        }
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(tests().classes()).containsAll(named);
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        var tests = tests();
        var missing = TEST_METHOD
                .matcher(Files.readString(PROMISES))
                .results()
                .filter(match -> !tests.has(match.group(1), match.group(2)))
                .map(MatchResult::group)
                .toList();
        assertThat(TEST_METHOD.matcher(Files.readString(PROMISES)).results()).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
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
        assertThat(rows).hasSize(LEVELS_1_AND_2);
        assertThat(rows).extracting(Row::number).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.state()).as(row.number()).isIn("met", "n/a", "open", "operator");
            assertThat(row.how()).as(row.number()).isNotBlank();
        });
        assertThat(rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.number().replaceAll("\\.\\d+$", ""), summingInt(row -> 1))))
                .isEqualTo(ITEMS);
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

    private static NamedTests tests() throws IOException {
        return NamedTests.of("api-spec", "server", "sdk");
    }
}
