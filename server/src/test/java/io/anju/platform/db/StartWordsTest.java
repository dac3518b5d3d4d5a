package io.anju.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartWordsTest {
    @TempDir
    Path folder;

    private Path output;
    private Path logs;

    @BeforeEach
    void name() {
        output = folder.resolve("output");
        logs = folder.resolve("log");
    }

    @Test
    void nothing_was_said_where_there_is_no_server() throws Exception {
        assertThat(StartWords.listen(output, logs).told()).isEqualTo("(nothing)");
    }

    @Test
    void tells_what_was_printed_and_logged_since_and_nothing_earlier() throws Exception {
        Files.writeString(output, "an earlier start\n");
        Files.createDirectories(logs);
        var log = Files.writeString(logs.resolve("mon.log"), "an earlier day, of somebody\n");
        var words = StartWords.listen(output, logs);
        Files.writeString(output, "pg_ctl: could not start server\n");
        Files.writeString(log, "FATAL: no space left\n", StandardOpenOption.APPEND);
        Files.writeString(logs.resolve("tue.log"), "LOG: it was midnight\n");
        assertThat(words.told().lines())
                .containsExactly("pg_ctl: could not start server", "FATAL: no space left", "LOG: it was midnight");
    }

    @Test
    void tells_of_a_log_that_was_begun_anew_from_its_beginning() throws Exception {
        Files.createDirectories(logs);
        var log = Files.writeString(logs.resolve("mon.log"), "a week ago ".repeat(100));
        var words = StartWords.listen(output, logs);
        Files.writeString(log, "LOG: a new week\n");
        assertThat(words.told()).isEqualTo("LOG: a new week");
    }

    @Test
    void tells_the_last_lines_of_many() throws Exception {
        var words = StartWords.listen(output, logs);
        Files.writeString(
                output,
                IntStream.rangeClosed(1, 100_000)
                        .mapToObj(number -> "line " + number)
                        .collect(Collectors.joining("\n")));
        assertThat(words.told().lines()).hasSize(40).first().isEqualTo("line 99961");
        assertThat(words.told()).endsWith("line 100000");
    }
}
