package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Listens to NOTIFY on a connection of its own, which is made with the first listener and again when it was lost. */
final class Hints {
    private static final long RECONNECT_MILLIS = 1_000;

    private final PgSubscriber subscriber;
    private final AtomicBoolean connecting = new AtomicBoolean();

    Hints(Vertx vertx, PgConnectOptions options) {
        this.subscriber = PgSubscriber.subscriber(vertx, options).reconnectPolicy(attempt -> RECONNECT_MILLIS);
    }

    void listen(String channel, Consumer<String> hint) {
        subscriber.channel(channel).handler(hint::accept);
        if (connecting.compareAndSet(false, true)) {
            subscriber.connect();
        }
    }

    Future<Void> close() {
        return connecting.get() ? subscriber.close() : Future.succeededFuture();
    }
}
