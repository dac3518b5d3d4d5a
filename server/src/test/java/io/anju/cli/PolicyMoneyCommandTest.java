package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the samples say about money, through the command line. */
class PolicyMoneyCommandTest {
    private static final Path SAMPLES = Path.of("src/main/resources/policies");
    private static final Path FACTS = Path.of("src/test/resources/policy-facts");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_sample_is_in_order() {
        assertThat(run("check", SAMPLES.toString())).as(out.toString()).isZero();
    }

    @Test
    void qingdao_pays_540_yuan_under_the_rule_of_2016_and_720_now() throws IOException {
        var then = evaluate("370200/rental-subsidy-2016.yaml", "four-with-20-sqm.yaml", "2016-11-22");
        assertThat(then.at("/money/subsidy/monthlyFen").asLong()).isEqualTo(54_000);
        assertThat(then.at("/money/subsidy/trace/1/id").asText()).isEqualTo("within-the-line");
        assertThat(then.at("/money/subsidy/trace/0/facts/ownedAreaSqm").asText())
                .isEqualTo("20");
        assertThat(then.at("/money/rent").isNull()).isTrue();
        out.getBuffer().setLength(0);
        var now = evaluate("370200/rental-subsidy-2019.yaml", "four-with-20-sqm.yaml", "2026-11-22");
        assertThat(now.at("/money/subsidy/monthlyFen").asLong()).isEqualTo(72_000);
    }

    @Test
    void guangzhou_takes_the_next_band_from_one_fen_above() throws IOException {
        var answer = evaluate("440100/public-rental-2024.yaml", "guangzhou-twelve.yaml", "2026-11-22");
        assertThat(answer.at("/money/rent/monthlyFen").asLong()).isEqualTo(39_980);
        assertThat(answer.at("/money/rent/tier").asText()).isEqualTo("up-to-24795");
        assertThat(answer.at("/money/rent/trace/0/text/en").asText()).endsWith("399.80 yuan a month");
        assertThat(answer.at("/money/unanswered/0/question").asText()).isEqualTo("SUBSIDY");
        assertThat(answer.at("/money/unanswered/0/missing")).isEmpty();
    }

    @Test
    void xuzhou_bills_charges_and_ends() throws IOException {
        var money = evaluate("320300/public-rental-2026.yaml", "xuzhou-tenant.yaml", "2026-11-22")
                .path("money");
        assertThat(money.at("/rent/monthlyFen").asLong()).isEqualTo(28_000);
        assertThat(money.at("/deposit/fen").asLong()).isEqualTo(100_000);
        assertThat(money.path("bills")).hasSize(4);
        assertThat(money.at("/bills/1/from").asText()).isEqualTo("2026-04-15");
        assertThat(money.at("/bills/1/dueOn").asText()).isEqualTo("2026-04-05");
        assertThat(money.at("/bills/1/fen").asLong()).isEqualTo(84_000);
        // 62 days at 5.60 yuan
        assertThat(money.at("/lateFee/fen").asLong()).isEqualTo(34_720);
        assertThat(money.at("/arrears/due/id").asText()).isEqualTo("credit-record");
        assertThat(money.at("/arrears/end/facts/unpaidMonths").asText()).isEqualTo("3");
        assertThat(money.at("/rentAfterEnd/fen").asLong()).isEqualTo(120_000);
    }

    @Test
    void xuzhou_pays_no_more_than_the_rent_and_loses_the_missed_months() throws IOException {
        var money = evaluate("320300/rental-subsidy-2023.yaml", "xuzhou-tenant.yaml", "2026-11-22")
                .path("money");
        assertThat(money.at("/subsidy/monthlyFen").asLong()).isEqualTo(40_000);
        assertThat(money.at("/subsidy/trace/2/id").asText()).isEqualTo("rent-really-paid");
        assertThat(money.at("/subsidyCourse/payableFen").asLong()).isEqualTo(360_000);
        assertThat(money.at("/subsidyCourse/months/2/state").asText()).isEqualTo("STOPPED");
        assertThat(money.at("/subsidyCourse/months/2/month").asText()).isEqualTo("2026-03");
    }

    @Test
    void names_the_facts_that_are_missing() throws IOException {
        var answer = evaluate("350200/public-rental-2024.yaml", "four-with-20-sqm.yaml", "2026-11-22");
        assertThat(answer.at("/money/rent").isNull()).isTrue();
        assertThat(answer.at("/money/unanswered/0").toString())
                .isEqualTo("{\"question\":\"RENT\",\"missing\":[\"homeAreaSqm\",\"marketRentFenPerSqm\"]}");
    }

    @Test
    void refuses_a_tenancy_that_makes_no_sense() throws IOException {
        var facts = Files.writeString(
                folder.resolve("facts.yaml"),
                Files.readString(FACTS.resolve("xuzhou-tenant.yaml"))
                        .replace("to: 2027-01-14", "to: 2025-01-14")
                        .replace("event: declaration-missed", "event: declaration-lost")
                        .replace("homeAreaSqm: 50.00", "homeAreaSqm: 0.00"));
        var document = SAMPLES.resolve("320300/public-rental-2026.yaml").toString();
        assertThat(run("evaluate", document, "--facts", facts.toString(), "--as-of", "2026-11-22"))
                .isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("facts.yaml:11: a home has an area");
    }

    @Test
    void names_what_changes_about_money() throws IOException {
        var sample = SAMPLES.resolve("370200/rental-subsidy-2019.yaml");
        var changed = Files.writeString(
                folder.resolve("next.yaml"),
                Files.readString(sample)
                        .replace("le: 1693, rate: 18", "le: 1693, rate: 19")
                        .replace("personCount: 1, sqm: 30", "personCount: 1, sqm: 32")
                        .replace("mode: half-up, assumed: true}", "mode: down, assumed: true}"));
        assertThat(run("diff", sample.toString(), changed.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "~ subsidy/area/standard/1/sqm: 30 → 32",
                        "~ subsidy/bands/up-to-1693/rate: 18 → 19",
                        "~ subsidy/rounding/mode: half-up → down");
    }

    private JsonNode evaluate(String document, String facts, String asOf) throws IOException {
        assertThat(run(
                        "evaluate",
                        SAMPLES.resolve(document).toString(),
                        "--facts",
                        FACTS.resolve(facts).toString(),
                        "--as-of",
                        asOf))
                .as(err.toString())
                .isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int run(String... args) {
        return new CommandLine(new PolicyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
