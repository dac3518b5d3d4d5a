package io.anju.policy;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import io.anju.policy.yaml.SchemaCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policy files on their author's desk, before they come into force. */
public final class PolicyFiles {
    private static final String CITY_FILE = "city.yaml";

    private PolicyFiles() {}

    /**
     * Everything that is wrong with a document, a {@code city.yaml}, or a folder of cities, by the published schema and
     * by the reader that the server uses.
     */
    public static List<PolicyFault> check(Path path) {
        if (!Files.isDirectory(path)) {
            return checkFile(path);
        }
        var faults = new ArrayList<>(attempt(() -> PolicyFolder.read(path)));
        var lines = faults.stream().map(PolicyFiles::place).collect(Collectors.toSet());
        for (var file : yamlFiles(path)) {
            var name = path.relativize(file).toString().replace('\\', '/');
            schema(file).faults(name, text(file)).stream()
                    .filter(fault -> !lines.contains(place(fault)))
                    .forEach(faults::add);
        }
        return List.copyOf(faults);
    }

    private static List<PolicyFault> checkFile(Path file) {
        return withSchema(attempt(() -> readAny(file)), schema(file), file.toString(), text(file));
    }

    /** As {@link #check(Path)}, for the text of a document that came another way. */
    static List<PolicyFault> check(String name, String text, City city) {
        return withSchema(attempt(() -> readTwice(name, text, city)), SchemaCheck.DOCUMENT, name, text);
    }

    /** What is kept is the canonical text alone: it has to be read again for as long as decisions stand on it. */
    private static void readTwice(String name, String text, City city) {
        var content = DocumentReader.read(name, text, city).content();
        DocumentReader.read("the canonical text of " + name, content, null);
    }

    private static List<PolicyFault> withSchema(List<PolicyFault> read, SchemaCheck schema, String name, String text) {
        var faults = new ArrayList<>(read);
        var lines = faults.stream().map(PolicyFiles::place).collect(Collectors.toSet());
        schema.faults(name, text).stream()
                .filter(fault -> !lines.contains(place(fault)))
                .forEach(faults::add);
        return List.copyOf(faults);
    }

    private static void readAny(Path file) {
        if (isCity(file)) {
            readCity(file);
        } else {
            read(file);
        }
    }

    /**
     * Reads one document; its agencies are checked where its city's file lies beside it.
     *
     * @throws InvalidPolicyException with everything that is wrong with it
     */
    public static PolicyDocument read(Path file) {
        return DocumentReader.read(file.toString(), text(file), cityBeside(file));
    }

    /** Every difference of content between two documents. */
    public static List<PolicyDifference> diff(PolicyDocument before, PolicyDocument after) {
        return PolicyDifference.between(before, after);
    }

    /**
     * Reads a household's facts, written as in {@code checkEligibility}.
     *
     * @throws InvalidPolicyException with everything that is wrong with them
     */
    public static HouseholdFacts readFacts(Path file, String cityCode) {
        return FactsReader.read(file.toString(), text(file), cityCode);
    }

    /**
     * Reads what a file of facts tells of a home and its lease, under {@code tenancy}.
     *
     * @throws InvalidPolicyException with everything that is wrong with it
     */
    public static TenancyCase readTenancy(Path file) {
        return TenancyReader.read(file.toString(), text(file));
    }

    private static City readCity(Path file) {
        return CityReader.read(file.toString(), text(file));
    }

    private static @Nullable City cityBeside(Path file) {
        var city = file.resolveSibling(CITY_FILE);
        return Files.exists(city) ? readCity(city) : null;
    }

    private static SchemaCheck schema(Path file) {
        return isCity(file) ? SchemaCheck.CITY : SchemaCheck.DOCUMENT;
    }

    private static boolean isCity(Path file) {
        return file.endsWith(CITY_FILE);
    }

    /** The schema and the reader tell most faults both; one of them is enough. */
    private static String place(PolicyFault fault) {
        return fault.file() + ":" + fault.line();
    }

    private static List<PolicyFault> attempt(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (InvalidPolicyException e) {
            return e.faults();
        }
    }

    private static List<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
