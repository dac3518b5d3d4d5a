package io.anju.bench;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the generated route is measured against: an HTTP server that does nothing but run a script's statements and
 * write its answer. No routing, no token, no checks, no JSON, no encryption.
 */
public final class BareServer {
    private final SqlClient pipelined;
    private final Pool pool;
    private final List<Script> reads;
    private final List<Script> writes;

    private BareServer(SqlClient pipelined, Pool pool, List<Script> reads, List<Script> writes) {
        this.pipelined = pipelined;
        this.pool = pool;
        this.reads = reads;
        this.writes = writes;
    }

    /** Takes port, database URL, and the files of scripts for reads and writes. */
    public static void main(String[] args) throws IOException {
        var usual = DbSettings.of(DbAddress.parse(args[1]));
        // a crowd waits as long as it likes: nobody is turned away here
        var settings = new DbSettings(
                usual.address(),
                usual.poolSize(),
                usual.pipelinedSize(),
                Integer.MAX_VALUE,
                usual.patienceMillis(),
                usual.statementTimeoutMillis());
        var reads = scripts(args[2]);
        var writes = scripts(args[3]);
        var vertx = Vertx.vertx();
        int listeners = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < listeners; i++) {
            vertx.deployVerticle(context -> listen(vertx, settings, reads, writes, Integer.parseInt(args[0])));
        }
    }

    private static Future<?> listen(
            Vertx vertx, DbSettings settings, List<Script> reads, List<Script> writes, int port) {
        var server = new BareServer(
                PgBuilder.client()
                        .using(vertx)
                        .connectingTo(settings.connectOptions())
                        .with(settings.pipelinedOptions())
                        .build(),
                PgBuilder.pool()
                        .using(vertx)
                        .connectingTo(settings.connectOptions())
                        .with(settings.poolOptions())
                        .build(),
                reads,
                writes);
        return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(server::handle)
                .listen(port);
    }

    private static List<Script> scripts(String file) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.map(Script::fromLine).toList();
        }
    }

    /** {@code /n}: the n-th script, of the reads for GET and of the writes otherwise. */
    private void handle(HttpServerRequest request) {
        int index = Integer.parseInt(request.path().substring(1));
        var script = request.method() == HttpMethod.GET ? reads.get(index % reads.size()) : writes.get(index);
        request.body()
                .compose(body -> script.transaction()
                        ? pool.withTransaction(connection -> replay(connection, script))
                        : replay(pipelined, script))
                .onSuccess(done -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(script.answer())))
                .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure.getMessage())));
    }

    private static Future<Void> replay(SqlClient client, Script script) {
        var known = new HashMap<UUID, UUID>();
        Future<Void> done = Future.succeededFuture();
        for (Script.Step step : script.steps()) {
            done = done.compose(before -> run(client, step, known));
        }
        return done;
    }

    private static Future<Void> run(SqlClient client, Script.Step step, Map<UUID, UUID> known) {
        var tuples = new ArrayList<Tuple>(step.values().size());
        step.values().forEach(row -> tuples.add(tuple(row, known)));
        var prepared = client.preparedQuery(step.sql());
        return (step.batch() ? prepared.executeBatch(tuples) : prepared.execute(tuples.get(0)))
                .map(rows -> learn(step, rows, known));
    }

    private static Tuple tuple(List<@Nullable Object> row, Map<UUID, UUID> known) {
        var tuple = Tuple.tuple(new ArrayList<>(row.size()));
        for (Object value : row) {
            tuple.addValue(value instanceof UUID id ? known.getOrDefault(id, id) : value);
        }
        return tuple;
    }

    /** Ids that the database gives are new in each replay: later statements mean the new ones. */
    private static @Nullable Void learn(Script.Step step, RowSet<Row> rows, Map<UUID, UUID> known) {
        int at = 0;
        for (Row row : rows) {
            for (int column = 0; column < row.size() && at < step.returned().size(); column++, at++) {
                if (step.returned().get(at) instanceof UUID then && row.getValue(column) instanceof UUID now) {
                    known.put(then, now);
                }
            }
        }
        return null;
    }
}
