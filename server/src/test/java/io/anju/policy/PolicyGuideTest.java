package io.anju.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.time.WorkingDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The city that the guide works through, put together from the guide's own text: who follows it gets a city. */
class PolicyGuideTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path root = Path.of("");

    @Test
    void the_worked_city_comes_into_force() throws IOException {
        writeWorkedCity();
        assertThat(PolicyFiles.check(root)).isEmpty();
        var folder = PolicyFolder.read(root);
        assertThat(folder.city("990100").orElseThrow().community("990102001001"))
                .isPresent();
        var document = folder.documents().get(0);
        assertThat(document.pipeline()).hasSize(3);
        assertThat(document.documents()).hasSize(2);
        var facts = PolicyFiles.readFacts(write("family.yaml", last("members:")), "990100");
        var asOf = LocalDate.of(2026, 11, 22);
        assertThat(document.eligibility(facts, asOf)).allMatch(RuleResult::passed);
        // two persons: (1 − 9.75 ÷ 15) × 40 + 15 + 6 half-years + 20
        assertThat(document.scoreTotal(facts, asOf).toPlainString()).isEqualTo("55.00");
        assertThat(document.priorityClasses()).extracting(PriorityClass::id).containsExactly("extreme", "families");
        assertThat(document.homeSize(facts, asOf).orElseThrow().size().rooms()).isEqualTo(1);
        assertThat(document.cases().complaints()).hasSize(3);
        assertThat(document.cases().exit()).hasSize(1);
    }

    /** Every amount that the guide names is the one that the rules give. */
    @Test
    void the_worked_amounts_are_those_of_the_rules() throws IOException {
        writeWorkedCity();
        var document = PolicyFiles.read(root.resolve("990100/public-rental-2026.yaml"));
        var file = write("family.yaml", last("members:") + last("tenancy:"));
        var answers = MoneyAnswers.of(
                document.money(),
                PolicyFiles.readFacts(file, "990100"),
                PolicyFiles.readTenancy(file),
                LocalDate.of(2026, 11, 22),
                WorkingDays.load());
        assertThat(answers.unanswered())
                .containsExactly(new MoneyAnswers.Unanswered(MoneyQuestion.RENT_AFTER_END, List.of("endedOn")));
        assertThat(requireNonNull(answers.rent()).monthlyFen()).isEqualTo(42_200);
        assertThat(requireNonNull(answers.subsidy()).monthlyFen()).isEqualTo(30_000);
        assertThat(requireNonNull(answers.subsidyCourse()).payableFen()).isEqualTo(300_000);
        assertThat(requireNonNull(answers.deposit()).fen()).isEqualTo(84_400);
        assertThat(answers.bills().get(0).fen()).isEqualTo(70_836);
        assertThat(answers.bills().get(0).dueOn()).isEqualTo(LocalDate.of(2026, 2, 10));
        assertThat(requireNonNull(answers.lateFee()).fen()).isEqualTo(6_330);
        assertThat(requireNonNull(answers.arrears()).highestDue().map(ArrearsAnswer.Step::id))
                .contains("credit-record");
        var guide = Files.readString(Path.of("docs/policy-guide.md"));
        for (var shown : List.of("422.00", "300.00", "3000.00", "844.00", "708.36", "63.30")) {
            assertThat(guide).contains("**" + shown + " yuan**");
        }
    }

    @Test
    void the_kinds_that_the_guide_shows_are_read() throws IOException {
        writeWorkedCity();
        var document = Files.readString(root.resolve("990100/public-rental-2026.yaml"));
        for (var kind : List.of("      kind: table", "      kind: raises", "      kind: deduction")) {
            var item = """
                        - id: shown
                          name: {zh: 示例, en: Shown}
                          maximum: 20
                          text: {zh: "{points} 分", en: "{points} points"}
                    """ + last(kind);
            var shown = document.replace("maximum: 100\n", "maximum: 120\n").replace("  items:\n", "  items:\n" + item);
            write("990100/public-rental-2026.yaml", shown);
            assertThat(PolicyFiles.check(root)).as(kind).isEmpty();
        }
    }

    private void writeWorkedCity() throws IOException {
        Files.createDirectories(root.resolve("990100"));
        write("990100/city.yaml", last("code: \"990100\""));
        var sections = List.of(
                "format: 1",
                "figures:",
                "tiers:",
                "eligibility:",
                "documents:",
                "pipeline:",
                "deadlines:",
                "scoring:",
                "priorityClasses:",
                "waivers:",
                "batches:",
                "homeSize:",
                "annualReview:",
                "exit:",
                "complaints:",
                "rent:",
                "subsidy:",
                "deposit:",
                "arrears:");
        var document = new StringBuilder();
        for (var section : sections) {
            document.append(last(section));
        }
        document.append(last("order:").replace("order:\n", "order:\n  - {by: priority, direction: ascending}\n"));
        write("990100/public-rental-2026.yaml", document.toString());
    }

    private static String last(String beginning) throws IOException {
        var guide = Files.readString(Path.of("docs/policy-guide.md"));
        return YAML.matcher(guide)
                .results()
                .map(match -> match.group(1))
                .filter(block -> block.startsWith(beginning))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the guide shows nothing that begins with " + beginning));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }
}
