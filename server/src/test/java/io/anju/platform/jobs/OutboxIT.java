package io.anju.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxIT {
    private static final UUID SUBJECT = UUID.fromString("0198f000-0000-7000-8000-000000000001");

    private final Vertx vertx = Vertx.vertx();
    private final DbAddress address = TestDatabases.fresh();
    private final Db db = TestDatabases.connect(vertx, address);

    @AfterEach
    void close() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void a_reader_waits_for_the_transaction_that_began_first_and_loses_nothing() {
        Promise<Void> written = Promise.promise();
        Promise<Void> gate = Promise.promise();
        var slow = db.inTransaction(tx -> Outbox.append(tx, "test.slow", SUBJECT, "{}")
                .onSuccess(done -> written.complete())
                .compose(done -> gate.future()));
        await(written.future());
        await(db.inTransaction(tx -> Outbox.append(tx, "test.fast", SUBJECT, "{}")));
        assertThat(topics(Outbox.Position.START)).isEmpty();
        gate.complete();
        await(slow);
        assertThat(topics(Outbox.Position.START)).containsExactly("test.slow", "test.fast");
    }

    @Test
    void a_consumer_goes_on_where_it_stopped() {
        await(db.inTransaction(tx -> Outbox.append(tx, "test.one", SUBJECT, "{\"a\":1}")));
        await(db.inTransaction(tx -> Outbox.append(tx, "test.two", SUBJECT, "{}")));
        var first = await(Outbox.read(db, await(Outbox.position(db, "reader")), 1));
        assertThat(first).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo("test.one");
            assertThat(event.subjectId()).isEqualTo(SUBJECT);
            assertThat(event.payload()).isEqualTo("{\"a\": 1}");
        });
        await(db.inTransaction(tx -> Outbox.advance(tx, "reader", first.get(0).position())));
        assertThat(topics(await(Outbox.position(db, "reader")))).containsExactly("test.two");
    }

    private List<String> topics(Outbox.Position after) {
        return await(Outbox.read(db, after, 100)).stream()
                .map(Outbox.Event::topic)
                .toList();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
