package io.anju.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, so that its processor time is its own; ended with the benchmark. */
final class ChildServer implements AutoCloseable {
    private final Process process;
    private final int port;
    private final int managementPort;

    private ChildServer(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts this program's own class path with a main class and arguments; waits until the port answers. */
    static ChildServer start(
            String mainClass,
            int port,
            int managementPort,
            Map<String, String> environment,
            Path log,
            String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().putAll(environment);
        var child = new ChildServer(builder.start(), port, managementPort);
        Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
        child.awaitPort(Duration.ofSeconds(60), log);
        return child;
    }

    int port() {
        return port;
    }

    /** Where it tells about itself; 0 where it does not. */
    int managementPort() {
        return managementPort;
    }

    /** The processor time that the server has used since it started. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void awaitPort(Duration limit, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException("the server ended with " + process.exitValue() + "; its log is " + log);
            }
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException notYet) {
                process.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("the server did not open port " + port + " within " + limit + "; its log is " + log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
