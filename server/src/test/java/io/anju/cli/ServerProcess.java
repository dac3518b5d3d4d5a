package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code anju serve} in a process of its own, which a test can kill. */
final class ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final Path dataDir;
    private final Path log;
    private final int port;
    private final int managementPort;

    private ServerProcess(Process process, Path dataDir, Path log, int port, int managementPort) {
        this.process = process;
        this.dataDir = dataDir;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts it and waits until it says that it is ready. */
    static ServerProcess start(Path dataDir, Path log, Map<String, String> settings) throws Exception {
        return start(dataDir, log, settings, ServerClasses.options(), "io.anju.Main", "serve");
    }

    /**
     * As {@link #start(Path, Path, Map)}.
     *
     * @param classes the JVM's options that say where its classes are
     * @param program the class to run, and its arguments
     */
    static ServerProcess start(
            Path dataDir, Path log, Map<String, String> settings, List<String> classes, String... program)
            throws Exception {
        var port = freePort();
        var managementPort = freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(classes);
        command.addAll(List.of(program));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var environment = builder.environment();
        environment.put("ANJU_DATA_DIR", dataDir.toString());
        environment.put("ANJU_HTTP_HOST", "127.0.0.1");
        environment.put("ANJU_HTTP_PORT", Integer.toString(port));
        environment.put("ANJU_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.putAll(settings);
        var server = new ServerProcess(builder.start(), dataDir, log, port, managementPort);
        server.awaitReady();
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void awaitReady() throws Exception {
        var client = HttpClient.newHttpClient();
        var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        var end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            assertThat(process.isAlive())
                    .as(() -> "the server ended:\n" + logText())
                    .isTrue();
            try {
                if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new AssertionError("the server was not ready in time:\n" + logText());
    }

    /** As the kernel does when memory runs out: nothing is said good-bye to. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As a power cut does: the database server goes too. */
    void killWithDatabase() throws Exception {
        var pid = Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).get(0);
        process.destroyForcibly();
        ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** As an operator does; gives the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
        return process.exitValue();
    }

    String logText() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
