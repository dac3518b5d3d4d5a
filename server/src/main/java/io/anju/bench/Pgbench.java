package io.anju.bench;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** PostgreSQL's own measuring tool, with prepared statements. */
final class Pgbench implements PlainRun {
    private static final Pattern VERSION = Pattern.compile("pgbench \\(PostgreSQL\\) (\\S+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final String version;
    private final DbAddress address;
    private final Path script;
    private final int connections;

    private Pgbench(String version, DbAddress address, Path script, int connections) {
        this.version = version;
        this.address = address;
        this.script = script;
        this.connections = connections;
    }

    /** Of the one on the path; empty where there is none. */
    static Optional<String> version() throws InterruptedException {
        try {
            var found = VERSION.matcher(output(new ProcessBuilder("pgbench", "--version")));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    static Pgbench open(
            String version, DbAddress address, Path file, List<PlainScript.Statement> statements, int connections)
            throws IOException {
        var text = new StringBuilder("\\set i :i + 1\n\\set n :first + :client_id * :share + :i - 1\n");
        for (var statement : statements) {
            text.append(statement.sql().strip()).append(statement.learns() ? "\n\\gset\n" : ";\n");
        }
        return new Pgbench(version, address, Files.writeString(file, text), connections);
    }

    @Override
    public String name() {
        return "pgbench " + version;
    }

    @Override
    public double run(int from, int count) throws Exception {
        if (count % connections != 0) {
            throw new IllegalArgumentException(
                    count + " orders cannot be shared among " + connections + " connections");
        }
        var share = Integer.toString(count / connections);
        var pgbench = new ProcessBuilder(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--report-per-command",
                "--client=" + connections,
                "--jobs=" + Math.min(connections, Runtime.getRuntime().availableProcessors()),
                "--transactions=" + share,
                "--file=" + script,
                "--define=i=0",
                "--define=first=" + from,
                "--define=share=" + share,
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + address.user(),
                address.database());
        pgbench.environment().put("PGPASSWORD", address.password());
        pgbench.environment().put("PGOPTIONS", "-c role=" + DbSettings.APP_ROLE);
        var output = output(pgbench);
        var rate = RATE.matcher(output);
        if (!rate.find() || !output.contains("number of transactions actually processed: " + count + "/" + count)) {
            throw new IllegalStateException("pgbench did not run: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Override
    public void close() {
        // each run is a process of its own
    }
}
