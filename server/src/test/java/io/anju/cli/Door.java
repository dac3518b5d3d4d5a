package io.anju.cli;

import io.anju.testing.Anju;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** An address that stays, in front of something that comes back under another one each time that it was killed. */
final class Door {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private volatile int to;

    private Door(Vertx vertx) {
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::enter);
    }

    static Door open(Vertx vertx) {
        var door = new Door(vertx);
        Anju.await(door.server.listen(0, LOOPBACK));
        return door;
    }

    int port() {
        return server.actualPort();
    }

    void leadTo(int port) {
        to = port;
    }

    private void enter(NetSocket outside) {
        outside.pause();
        client.connect(to, LOOPBACK)
                .onSuccess(inside -> {
                    outside.pipeTo(inside).onComplete(done -> inside.close());
                    inside.pipeTo(outside).onComplete(done -> outside.close());
                })
                .onFailure(nobodyThere -> outside.close());
    }
}
