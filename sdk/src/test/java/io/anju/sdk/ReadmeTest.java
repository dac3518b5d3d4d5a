package io.anju.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the README, as it stands there: it compiles, and does what the README says. */
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);
    private static final String FIRST = "0198f000-0000-7000-8000-000000000001";
    private static final String SECOND = "0198f000-0000-7000-8000-000000000002";

    @TempDir
    Path folder;

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_program_answers_every_open_request() throws Exception {
        server.then(201, "{\"accessToken\":\"t\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}")
                .then(200, "{\"items\":[" + request(FIRST) + "],\"nextCursor\":\"more\"}")
                .then(200, "{}")
                .then(200, "{\"items\":[" + request(SECOND) + "]}")
                .then(200, "{}");

        try (var classes = new URLClassLoader(new URL[] {compiled().toUri().toURL()})) {
            classes.loadClass("AnswerRequests")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {server.uri(), "civil-affairs", "secret"});
        }

        var received = server.received();
        assertThat(received).hasSize(5);
        assertThat(received.get(2).line()).isEqualTo("POST /v1/partner/verification-requests/" + FIRST + "/answer");
        assertThat(received.get(2).header("Idempotency-Key")).isEqualTo("answer-" + FIRST);
        assertThat(received.get(3).line()).contains("cursor=more");
        assertThat(received.get(4).line()).isEqualTo("POST /v1/partner/verification-requests/" + SECOND + "/answer");
        assertThat(received.get(4).header("Authorization")).isEqualTo("Bearer t");
    }

    private Path compiled() throws IOException {
        var program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        assertThat(program.find()).isTrue();
        var source = Files.writeString(folder.resolve(program.group(2) + ".java"), program.group(1));
        var said = new ByteArrayOutputStream();
        var exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        return folder;
    }

    private static String request(String id) {
        return "{\"requestId\":\"" + id + "\",\"cityCode\":\"370200\",\"fact\":\"monthlyIncomeFen\"}";
    }
}
