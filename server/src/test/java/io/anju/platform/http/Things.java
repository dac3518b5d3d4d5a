package io.anju.platform.http;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Code;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Operations that do what every domain's do: read, write once, edit, upload, refuse, and now and then go wrong. */
final class Things {
    private static final Set<String> JSON = Set.of("application/json");

    static final int LONG_PIECES = 200;
    static final int LONG_PIECE_BYTES = 1 << 16;

    private final Once once;
    /** How often the effect of {@code createThing} ran, committed or not. */
    final AtomicInteger effects = new AtomicInteger();

    /** While set, effects wait for it. */
    volatile @Nullable Promise<Void> gate;

    /** While set, the answer to {@code getSlow} waits for it. */
    volatile @Nullable Promise<Void> answers;

    /** How often {@code getSlow} was looked up. */
    final AtomicInteger lookUps = new AtomicInteger();

    /** While set, the next effects fail with it. */
    volatile @Nullable RuntimeException fault;

    Things(Once once) {
        this.once = once;
    }

    /** Runs after the commit and before the answer. */
    volatile Runnable afterCommit = () -> {};

    record Thing(UUID id, String name, String secret) {}

    static void createTable(DbAddress address) {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE platform.thing (id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL)");
            statement.execute("GRANT SELECT, INSERT, UPDATE ON platform.thing TO anju_app");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Route> routes() {
        return List.of(
                new Route(read("getThing", "/v1/things/{thingId}", true, ""), this::get),
                new Route(read("getMyThings", "/v1/my-things", false, "things.write"), this::getMine),
                new Route(read("getSlow", "/v1/slow", true, ""), this::getSlow),
                new Route(read("getLong", "/v1/long", true, ""), request -> Future.succeededFuture(longReply())),
                new Route(read("getBroken", "/v1/broken", true, ""), this::broken),
                new Route(read("getLater", "/v1/later", true, ""), this::brokenLater),
                new Route(write("createThing", HttpMethod.POST, "/v1/things", true, false, 201, JSON), this::create),
                new Route(
                        write("createMyThing", HttpMethod.POST, "/v1/my-things", false, false, 201, JSON),
                        this::create),
                new Route(
                        write("renameThing", HttpMethod.PUT, "/v1/things/{thingId}", true, true, 200, JSON),
                        this::rename),
                new Route(
                        write("deleteThing", HttpMethod.DELETE, "/v1/things/{thingId}", true, false, 204, Set.of()),
                        this::delete),
                new Route(
                        write("forgetful", HttpMethod.POST, "/v1/forgetful", true, false, 200, JSON),
                        request -> Future.succeededFuture(Reply.of(Map.of()))),
                new Route(
                        write(
                                "upload",
                                HttpMethod.POST,
                                "/v1/files",
                                true,
                                false,
                                201,
                                Set.of("multipart/form-data", "application/octet-stream")),
                        this::upload));
    }

    private static Operation read(String id, String path, boolean anonymous, String scope) {
        return new Operation(
                id,
                "test",
                HttpMethod.GET,
                path,
                scope.isEmpty() ? Set.of() : Set.of(scope),
                anonymous,
                anonymous ? Operation.Owner.ANYBODY : Operation.Owner.ACCOUNT,
                null,
                false,
                false,
                false,
                false,
                false,
                true,
                200,
                Set.of(),
                JSON);
    }

    private static Operation write(
            String id,
            HttpMethod method,
            String path,
            boolean anonymous,
            boolean conditional,
            int status,
            Set<String> consumes) {
        return new Operation(
                id,
                "test",
                method,
                path,
                anonymous ? Set.of() : Set.of("things.write"),
                anonymous,
                anonymous ? Operation.Owner.ANYBODY : Operation.Owner.ACCOUNT,
                null,
                true,
                false,
                false,
                false,
                conditional,
                false,
                status,
                consumes,
                status == 204 ? Set.of() : JSON);
    }

    private Future<Reply<Map<String, String>>> get(Request request) {
        return Future.succeededFuture(Reply.of(Map.of(
                "id", request.pathParameter(0), "language", request.language().tag(), "trace", request.traceId())));
    }

    private Future<Reply<String>> getMine(Request request) {
        return Future.succeededFuture(Reply.of(Whose.account(request).id().toString()));
    }

    private Future<Reply<String>> getSlow(Request request) {
        lookUps.incrementAndGet();
        var waiting = answers;
        return (waiting == null ? Future.succeededFuture() : waiting.future()).map(answered -> Reply.of("at last"));
    }

    private static Reply<Void> longReply() {
        var left = new AtomicInteger(LONG_PIECES);
        return Reply.stream(
                () -> Future.succeededFuture(
                        left.getAndDecrement() > 0 ? Buffer.buffer(new byte[LONG_PIECE_BYTES]) : Buffer.buffer()),
                "application/octet-stream");
    }

    private Future<Reply<Void>> broken(Request request) {
        throw new IllegalStateException(
                "SELECT secret FROM vault -- " + request.operation().id());
    }

    private Future<Reply<Void>> brokenLater(Request request) {
        return Future.failedFuture(
                new IllegalStateException("secret in " + request.operation().id()));
    }

    private Future<Reply<Thing>> create(Request request) {
        var name = String.valueOf(Json.parse(request.body()).path("name").textValue());
        return once.run(request, tx -> insert(tx, name)).onSuccess(committed -> afterCommit.run());
    }

    private Future<Reply<Thing>> insert(Tx tx, String name) {
        effects.incrementAndGet();
        return tx.find(
                        "INSERT INTO platform.thing (name) VALUES ($1) RETURNING id",
                        row -> new Thing(row.getUUID("id"), name, "secret-of-" + row.getUUID("id")),
                        name)
                .compose(thing -> disturb(tx).map(thing))
                .map(thing -> Reply.of(thing.orElseThrow())
                        .withETag(1)
                        .withHeader(
                                "Location", "/v1/things/" + thing.orElseThrow().id()));
    }

    private Future<?> disturb(Tx tx) {
        var waiting = gate;
        var failing = fault;
        if (failing != null) {
            return Future.failedFuture(failing);
        }
        return waiting == null ? Future.succeededFuture() : waiting.future().compose(go -> tx.run("SELECT 1"));
    }

    private Future<Reply<Map<String, String>>> rename(Request request) {
        return once.run(
                request,
                tx -> "\"1\"".equals(request.header("If-Match"))
                        ? Future.succeededFuture(Reply.of(Map.of("id", request.pathParameter(0))))
                        : Refusal.failed(PlatformProblem.PRECONDITION_FAILED));
    }

    private Future<Reply<Void>> delete(Request request) {
        return once.run(request, tx -> Future.succeededFuture(Reply.empty()));
    }

    private Future<Reply<Map<String, Object>>> upload(Request request) {
        var upload = request.upload();
        return once.run(
                request,
                tx -> Future.succeededFuture(Reply.of(Map.of(
                        "fileName", upload.fileName(),
                        "mediaType", upload.declaredMediaType(),
                        "sizeBytes", upload.content().length(),
                        "crc", crc(upload.content()),
                        "fields", upload.fields()))));
    }

    static long crc(Buffer content) {
        var crc = new CRC32();
        crc.update(content.getBytes());
        return crc.getValue();
    }

    /** A refusal of a domain. */
    static RuntimeException refusal(Code code) {
        return Refusal.of(code);
    }
}
