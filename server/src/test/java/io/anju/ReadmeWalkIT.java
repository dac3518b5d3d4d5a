package io.anju;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.Demo;
import io.anju.sandbox.DemoOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk of the README, block by block as it stands there, against a demo: so that it never rots. */
class ReadmeWalkIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Path POLICIES = Path.of("src", "main", "resources", "policies");
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final long LIMIT_MINUTES = 10;

    @TempDir
    Path folder;

    @Test
    void takes_a_household_from_log_in_into_a_home_and_finds_the_city_again() throws Exception {
        try (var demo = Demo.start(options(), System.out::println)) {
            var output = run(walk(), demo);
            assertThat(output).containsPattern("Receipt 370200-\\d{4}-\\d{7}-[0-9A-Z]");
            assertThat(output).containsPattern("370200-\\d{4}-\\d{7}-[0-9A-Z] is registered");
            assertThat(output).containsPattern("Rank [1-9]\\d* of [1-9]\\d*, score \\d+\\.\\d{4}");
            assertThat(output).containsPattern("To be answered by \\d{4}-\\d{2}-\\d{2}");
            assertThat(output).contains("Complaint closed");
            assertThat(output).contains("The publication is sound: signature, order and root agree.");
            assertThat(output).contains("The row is that of the proof's household, and lies under the root.");
            assertThat(output).containsPattern("\"state\":\"active\".*\"monthlyRentFen\":60000");
            assertThat(output).containsPattern("\"kind\":\"deposit\".*\"amountFen\":60000");
            assertThat(output).containsPattern("\"kind\":\"payment\".*\"amountFen\":-[1-9]");
            assertThat(output).containsPattern("Owed [1-9]\\d{4,} fen before and 0 after");
            assertThat(output).containsPattern("\"state\":\"done\".*\"eligibility\":");
            assertThat(output).contains("\"state\":\"approved\"", "\"standing\":\"coming\"");
            assertThat(output).doesNotContain("/problems/");
            assertThat(Files.readAllBytes(folder.resolve("statement.pdf"))).startsWith('%', 'P', 'D', 'F');
        }
        var told = new ArrayList<String>();
        try (var again = Demo.start(options(), told::add)) {
            assertThat(told).noneMatch(line -> line.startsWith("Making"));
            assertThat(again.guide().residentReceiptNumber()).isNotNull();
        }
    }

    private DemoOptions options() {
        return new DemoOptions("127.0.0.1", 0, 0, 0, folder.resolve("city"), 20, 7);
    }

    @Test
    void quick_start_has_exactly_two_commands() throws IOException {
        var readme = Files.readString(README);
        assertThat(BLOCK.matcher(section(readme, "## Quick start")).results()).hasSize(2);
    }

    private static String walk() throws IOException {
        return BLOCK.matcher(section(Files.readString(README), "## A walk"))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static String section(String readme, String heading) {
        int from = readme.indexOf(heading);
        int to = readme.indexOf("\n## ", from + 1);
        return readme.substring(from, to);
    }

    /** The script runs in a folder of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String script, Demo demo) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("walk.sh"), script);
        var output = folder.resolve("walk.log");
        var builder = new ProcessBuilder("/bin/sh", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.directory(folder.toFile());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().put("ANJU", java + " " + Main.class.getName());
        builder.environment().put("POLICIES", POLICIES.toAbsolutePath().toString());
        builder.environment().put("API", demo.url());
        builder.environment().put("SIM", demo.simulatorUrl());
        var process = builder.start();
        var ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        var text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
