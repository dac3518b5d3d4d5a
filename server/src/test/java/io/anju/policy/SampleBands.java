package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bands of a sample, read from its file without the product's reader: what a value must meet is decided twice, and a
 * band that is added to the file is tried without anyone thinking of it.
 */
record SampleBands(List<Band> bands) {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    record Band(String id, Map<String, BigDecimal> bounds, JsonNode node) {
        boolean holds(BigDecimal value) {
            return bounds.entrySet().stream()
                    .allMatch(bound -> holds(bound.getKey(), value.compareTo(bound.getValue())));
        }

        private static boolean holds(String op, int comparison) {
            return switch (op) {
                case "lt" -> comparison < 0;
                case "le" -> comparison <= 0;
                case "gt" -> comparison > 0;
                case "ge" -> comparison >= 0;
                default -> comparison == 0;
            };
        }
    }

    /** @param pointer of the list, e.g. {@code /rent/bands} */
    static SampleBands read(String file, String pointer, LocalDate day) {
        try {
            var text = Files.readString(Path.of("src/main/resources/policies").resolve(file));
            var root = new ObjectMapper(new YAMLFactory()).readTree(text);
            var bands = new ArrayList<Band>();
            for (var node : root.at(pointer)) {
                bands.add(new Band(node.path("id").asText(), bounds(node, root.path("figures"), day), node));
            }
            assertThat(bands).as(file + pointer).isNotEmpty();
            return new SampleBands(bands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, BigDecimal> bounds(JsonNode band, JsonNode figures, LocalDate day) {
        var bounds = new TreeMap<String, BigDecimal>();
        for (var op : List.of("lt", "le", "gt", "ge", "eq")) {
            var bound = band.path(op);
            if (bound.isNumber()) {
                bounds.put(op, bound.decimalValue());
            } else if (bound.isObject()) {
                bounds.put(op, figure(bound, figures, day));
            }
        }
        return bounds;
    }

    private static BigDecimal figure(JsonNode bound, JsonNode figures, LocalDate day) {
        var value = BigDecimal.ZERO;
        for (var figure : figures) {
            if (figure.path("name").asText().equals(bound.path("figure").asText())) {
                for (var dated : figure.path("values")) {
                    if (!LocalDate.parse(dated.path("from").asText()).isAfter(day)) {
                        value = dated.path("value").decimalValue();
                    }
                }
            }
        }
        return bound.has("times") ? value.multiply(bound.path("times").decimalValue()) : value;
    }

    /** Every bound exactly, and one fen below and above it. */
    List<BigDecimal> values() {
        return bands.stream()
                .flatMap(band -> band.bounds().values().stream())
                .distinct()
                .flatMap(bound -> Stream.of(bound.subtract(CENT), bound, bound.add(CENT)))
                .filter(value -> value.signum() >= 0)
                .sorted()
                .toList();
    }

    /** The one band that the value belongs to. */
    Band of(BigDecimal value) {
        var holding = bands.stream().filter(band -> band.holds(value)).toList();
        assertThat(holding).as("bands for " + value).hasSize(1);
        return holding.get(0);
    }
}
