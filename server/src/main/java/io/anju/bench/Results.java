package io.anju.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of a run: a table for people, {@code results.json} for machines. */
final class Results {
    private final List<Figure> figures = new ArrayList<>();

    /** One figure; {@code ratioTo} names the figure of the same run that it is compared with, {@code n} how many samples it is the median of. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Figure(
            String name,
            double value,
            String unit,
            @Nullable String ratioTo,
            @Nullable Double ratio,
            int n) {}

    void add(String name, double value, String unit, int n) {
        figures.add(new Figure(name, value, unit, null, null, n));
    }

    void add(String name, double value, String unit, int n, String ratioTo) {
        double other = figures.stream()
                .filter(figure -> figure.name().equals(ratioTo))
                .findFirst()
                .orElseThrow()
                .value();
        figures.add(new Figure(name, value, unit, ratioTo, value / other, n));
    }

    void print(PrintStream out) {
        out.printf("%-44s %12s %-10s %7s%n", "figure (median)", "value", "unit", "ratio");
        for (Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-44s %12.1f %-10s %7s%s%n",
                    figure.name(),
                    figure.value(),
                    figure.unit(),
                    figure.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio()),
                    figure.ratioTo() == null ? "" : " of " + figure.ratioTo());
        }
    }

    void write(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        PlainJson.mapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    }
}
