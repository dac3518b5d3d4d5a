package io.anju.policy;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a folder of policies holds: one folder per city by its code, in it {@code city.yaml} and one file per
 * programme and version. It is checked as a whole: all of it comes into force or none.
 */
public final class PolicyFolder {
    private static final String SHIPPED = "/policies";
    private static final String CITY_FILE = "city.yaml";

    private final SortedMap<String, City> cities = new TreeMap<>();
    private final List<Sourced> found = new ArrayList<>();
    private final List<PolicyFault> faults = new ArrayList<>();

    /** A document and the file it was read from. */
    private record Sourced(String file, PolicyDocument document) {}

    private PolicyFolder() {}

    /** The sample policies that ship with the product. */
    public static PolicyFolder shipped() {
        var resource = PolicyFolder.class.getResource(SHIPPED);
        if (resource == null) {
            throw new IllegalStateException("the policies are missing from the class path");
        }
        try {
            return readResource(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sample policies, and beside them those of a deployment's own folder. A city that the folder has is taken
     * wholly from it: a sample never mixes with a real city's rules.
     */
    public static PolicyFolder shippedAnd(@Nullable Path own) {
        var folder = shipped();
        if (own != null) {
            var more = read(own);
            folder.found.removeIf(
                    sourced -> more.cities.containsKey(sourced.document().cityCode()));
            folder.found.addAll(more.found);
            folder.cities.putAll(more.cities);
        }
        return folder;
    }

    private static PolicyFolder readResource(URI uri) throws IOException {
        if (!"jar".equals(uri.getScheme())) {
            return read(Path.of(uri));
        }
        // a file system of our own: the shared one of a jar may be closed by someone else
        try (var jar = FileSystems.newFileSystem(Path.of(URI.create(jarOf(uri))))) {
            return read(jar.getPath(SHIPPED));
        }
    }

    private static String jarOf(URI uri) {
        var inside = uri.getRawSchemeSpecificPart();
        return inside.substring(0, inside.indexOf("!/"));
    }

    /**
     * Reads a folder.
     *
     * @throws InvalidPolicyException with everything that is wrong with its files
     */
    public static PolicyFolder read(Path root) {
        var folder = new PolicyFolder();
        for (var city : list(root)) {
            if (Files.isDirectory(city)) {
                folder.readCity(city);
            }
        }
        folder.checkPeriods();
        if (!folder.faults.isEmpty()) {
            throw new InvalidPolicyException(folder.faults);
        }
        return folder;
    }

    /** The documents, those in force earlier first. */
    public List<PolicyDocument> documents() {
        return found.stream().map(Sourced::document).toList();
    }

    public Optional<City> city(String code) {
        return Optional.ofNullable(cities.get(code));
    }

    public Collection<City> cities() {
        return List.copyOf(cities.values());
    }

    private void readCity(Path folder) {
        var name = nameOf(folder);
        var file = folder.resolve(CITY_FILE);
        if (!Files.exists(file)) {
            faults.add(new PolicyFault(name + "/" + CITY_FILE, 1, "the file is missing"));
            return;
        }
        attempt(() -> CityReader.read(name + "/" + CITY_FILE, text(file))).ifPresent(city -> {
            if (!city.code().equals(name)) {
                var reason = "the city " + city.code() + " belongs in the folder " + city.code();
                faults.add(new PolicyFault(name + "/" + CITY_FILE, 1, reason));
            }
            cities.put(city.code(), city);
            readDocuments(folder, city);
        });
    }

    private void readDocuments(Path folder, City city) {
        for (var path : list(folder)) {
            var file = nameOf(folder) + "/" + nameOf(path);
            if (file.endsWith(".yaml") && !file.endsWith("/" + CITY_FILE)) {
                attempt(() -> DocumentReader.read(file, text(path), city))
                        .ifPresent(document -> found.add(new Sourced(file, document)));
            }
        }
    }

    private <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidPolicyException e) {
            faults.addAll(e.faults());
            return Optional.empty();
        }
    }

    /** One version after the other, without a day that has two or none. */
    private void checkPeriods() {
        found.sort(Comparator.comparing((Sourced sourced) -> sourced.document().cityCode())
                .thenComparing(sourced -> sourced.document().programme())
                .thenComparing(sourced -> sourced.document().effectiveFrom()));
        var last = new TreeMap<String, Sourced>();
        for (var sourced : found) {
            var document = sourced.document();
            var before = last.put(document.cityCode() + "/" + document.programme(), sourced);
            if (before != null) {
                checkSuccession(before, sourced);
            }
        }
        checkVersions();
    }

    private void checkSuccession(Sourced before, Sourced after) {
        var lastDay = before.document().effectiveTo();
        var firstDay = after.document().effectiveFrom();
        if (lastDay == null || !lastDay.isBefore(firstDay)) {
            faults.add(new PolicyFault(
                    after.file(),
                    1,
                    "overlap: " + before.file() + " is in force until "
                            + (lastDay == null ? "further notice" : lastDay)
                            + "; give it the last day " + firstDay.minusDays(1)));
        } else {
            checkGap(after, lastDay, firstDay);
        }
    }

    /** A gap is a slip of the pen unless the later document says that it is meant. */
    private void checkGap(Sourced after, LocalDate lastDay, LocalDate firstDay) {
        var hasGap = !lastDay.plusDays(1).equals(firstDay);
        if (hasGap && !after.document().meta().gapBefore()) {
            faults.add(new PolicyFault(
                    after.file(),
                    1,
                    "gap: nothing is in force from " + lastDay.plusDays(1) + " to " + firstDay.minusDays(1)
                            + "; if that is meant, say gapBefore: true"));
        } else if (!hasGap && after.document().meta().gapBefore()) {
            faults.add(new PolicyFault(
                    after.file(), 1, "the document says gapBefore, but the one before ends on the day before"));
        }
    }

    private void checkVersions() {
        Map<String, String> seen = new TreeMap<>();
        for (var sourced : found) {
            var document = sourced.document();
            var name = document.cityCode() + "/" + document.programme() + "/" + document.version();
            var before = seen.putIfAbsent(name, sourced.file());
            if (before != null) {
                faults.add(new PolicyFault(sourced.file(), 1, before + " has the same version " + document.version()));
            }
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted(Comparator.comparing(PolicyFolder::nameOf)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + nameOf(file), e);
        }
    }

    private static String nameOf(Path path) {
        // directories of a jar end with a slash
        return String.valueOf(path.getFileName()).replace("/", "");
    }
}
