package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bound of every document at the bound, and one fen, one 0.01 ㎡, one person or one day to each side. The bounds are
 * collected from the files, and what they mean is decided here a second time: a rule that is added is tried as well.
 */
class EveryBoundTest {
    private static final List<Path> FOLDERS = List.of(Path.of("src/main/resources/policies"), FifthCityTest.FOLDER);
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Stream<Arguments> documents() throws IOException {
        var found = new ArrayList<Arguments>();
        for (var folder : FOLDERS) {
            for (var document : PolicyFolder.read(folder).documents()) {
                for (var day : turns(document)) {
                    found.add(arguments(document, day, document.cityCode() + " " + document.version() + " " + day));
                }
            }
        }
        return found.stream();
    }

    /** The first day in force and every day after it on which a figure changes. */
    private static List<LocalDate> turns(PolicyDocument document) throws IOException {
        var days = new ArrayList<>(List.of(document.effectiveFrom()));
        root(document).path("figures").findValuesAsText("from").stream()
                .map(LocalDate::parse)
                .filter(day -> day.isAfter(document.effectiveFrom()))
                .forEach(days::add);
        return days;
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("documents")
    void eligibility_holds_to_the_bound(PolicyDocument document, LocalDate day, String name) throws IOException {
        var root = root(document);
        for (var rule : root.path("eligibility")) {
            var require = rule.path("require");
            var bounds = SampleBands.bounds(require, root.path("figures"), day);
            for (var at : around(require.path("fact").asText(), bounds, day, document.cityCode())) {
                var answer = document.eligibility(at.facts(), day).stream()
                        .filter(result -> result.id().equals(rule.path("id").asText()))
                        .findFirst()
                        .orElseThrow();
                if (answer.verdict() != RuleResult.Verdict.NOT_APPLICABLE) {
                    assertThat(answer.passed())
                            .as("%s %s: %s", name, answer.id(), at)
                            .isEqualTo(holds(bounds, at.value()));
                }
            }
        }
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("documents")
    void every_band_begins_and_ends_at_its_bound(PolicyDocument document, LocalDate day, String name)
            throws IOException {
        var root = root(document);
        for (var item : root.path("scoring").path("items")) {
            if (item.path("kind").asText().equals("bands")) {
                for (var band : item.path("bands")) {
                    tryBand(document, day, item, SampleBands.bounds(band, root.path("figures"), day));
                }
            }
        }
    }

    private static void tryBand(PolicyDocument document, LocalDate day, JsonNode item, Map<String, BigDecimal> bounds)
            throws IOException {
        var figures = root(document).path("figures");
        for (var at : around(item.path("fact").asText(), bounds, day, document.cityCode())) {
            var expected = new ArrayList<BigDecimal>();
            for (var band : item.path("bands")) {
                if (holds(SampleBands.bounds(band, figures, day), at.value())) {
                    expected.add(band.path("points").decimalValue());
                }
            }
            assertThat(expected).as("%s", at).hasSize(1);
            var points = document.score(at.facts(), day).items().stream()
                    .filter(shown -> shown.id().equals(item.path("id").asText()))
                    .map(ScoreItem::points)
                    .findFirst()
                    .orElseThrow();
            assertThat(points).as("%s", at).isEqualByComparingTo(expected.get(0));
        }
    }

    /** A household whose fact has this value, exactly. */
    private record At(String fact, BigDecimal value, HouseholdFacts facts) {
        @Override
        public String toString() {
            return fact + " = " + value;
        }
    }

    private static List<At> around(String fact, Map<String, BigDecimal> bounds, LocalDate day, String city) {
        return bounds.values().stream()
                .flatMap(bound -> Stream.of(-1, 0, 1).flatMap(side -> at(fact, bound, side, day, city)))
                .toList();
    }

    private static Stream<At> at(String fact, BigDecimal bound, int side, LocalDate day, String city) {
        var step = HUNDREDTH.multiply(BigDecimal.valueOf(side));
        var value = bound.add(step);
        if (value.signum() < 0) {
            return Stream.empty();
        }
        var alone = Households.of(day.minusYears(40)).in(city);
        return switch (fact) {
            case "perCapitaMonthlyIncomeYuan", "monthlyIncomeYuan" ->
                Stream.of(new At(fact, value, alone.income(fen(value)).facts()));
            case "perCapitaYearlyIncomeYuan" ->
                // twelve months of whole fen: one fen a month to each side
                Stream.of(side)
                        .map(one -> bound.movePointRight(2).toBigInteger().longValueExact() / 12 + one)
                        .map(fen -> new At(
                                fact,
                                BigDecimal.valueOf(fen * 12, 2),
                                alone.income(fen).facts()));
            case "perCapitaAssetsYuan", "assetsYuan" ->
                Stream.of(new At(fact, value, alone.assets(fen(value)).facts()));
            case "perCapitaAreaSqm", "ownedAreaSqm" ->
                Stream.of(new At(fact, value, alone.area(value.toPlainString()).facts()));
            case "applicantAgeYears" -> {
                var born = day.minusYears(bound.intValueExact()).minusDays(side);
                yield Stream.of(new At(fact, value, Households.of(born).in(city).facts()));
            }
            case "longestHukouYears" -> {
                var since = day.minusYears(bound.intValueExact()).minusDays(side);
                yield Stream.of(new At(fact, value, alone.hukou(city, since).facts()));
            }
            case "yearsSinceDeceit" -> {
                var found = day.minusYears(bound.intValueExact()).minusDays(side);
                yield Stream.of(new At(fact, value, alone.facts().onFile(new CaseFacts(null, null, 0, found, null))));
            }
            default -> throw new AssertionError("say here how a household gets " + fact);
        };
    }

    private static long fen(BigDecimal yuan) {
        return yuan.movePointRight(2).longValueExact();
    }

    private static boolean holds(Map<String, BigDecimal> bounds, BigDecimal value) {
        return bounds.entrySet().stream().allMatch(bound -> {
            var comparison = value.compareTo(bound.getValue());
            return switch (bound.getKey()) {
                case "lt" -> comparison < 0;
                case "le" -> comparison <= 0;
                case "gt" -> comparison > 0;
                case "ge" -> comparison >= 0;
                default -> comparison == 0;
            };
        });
    }

    private static JsonNode root(PolicyDocument document) throws IOException {
        for (var folder : FOLDERS) {
            try (var files = Files.list(folder.resolve(document.cityCode()))) {
                for (var file : files.toList()) {
                    var root = YAML.readTree(Files.readString(file));
                    if (root.path("programme").asText().equals(document.programme())
                            && root.path("version").asText().equals(document.version())) {
                        return root;
                    }
                }
            } catch (NoSuchFileException elsewhere) {
                continue;
            }
        }
        throw new AssertionError("no file holds " + document.version());
    }
}
