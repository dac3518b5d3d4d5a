package io.anju.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tests of some modules by name: what a page of the docs says is tested is looked for here. */
public final class NamedTests {
    private static final String JAVA = ".java";

    /** Of every class its text. */
    private final Map<String, String> sources = new HashMap<>();

    private NamedTests() {}

    /** @param modules directories beside each other, such as {@code server} */
    public static NamedTests of(String... modules) throws IOException {
        var tests = new NamedTests();
        for (String module : modules) {
            tests.read(Path.of("..", module, "src", "test", "java"));
        }
        return tests;
    }

    private void read(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(JAVA)).toList()) {
                var name = file.getFileName().toString();
                sources.put(name.substring(0, name.length() - JAVA.length()), Files.readString(file));
            }
        }
    }

    public Set<String> classes() {
        return Set.copyOf(sources.keySet());
    }

    /** Whether this class is there and has a method of this name. */
    public boolean has(String className, String method) {
        return sources.getOrDefault(className, "").contains(" " + method + "(");
    }
}
