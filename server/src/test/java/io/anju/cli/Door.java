package io.anju.cli;

import io.anju.testing.Anju;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address that stays, in front of something that comes back under another one each time that it was killed, or that
 * nobody reaches while the door is shut.
 */
public final class Door {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private final Set<NetSocket> inside = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private volatile int to;
    private volatile boolean isShut;

    private Door(Vertx vertx) {
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::enter);
    }

    public static Door open(Vertx vertx) {
        var door = new Door(vertx);
        Anju.await(door.server.listen(0, LOOPBACK));
        return door;
    }

    public int port() {
        return server.actualPort();
    }

    public void leadTo(int port) {
        to = port;
    }

    /** Cuts off whoever is inside and lets nobody in until it is opened again. */
    public void shut() {
        isShut = true;
        inside.forEach(NetSocket::close);
    }

    public void openAgain() {
        isShut = false;
    }

    /** How many have found it shut. */
    public int turnedAway() {
        return turnedAway.get();
    }

    private void enter(NetSocket outside) {
        if (isShut) {
            turnedAway.incrementAndGet();
            outside.close();
            return;
        }
        outside.pause();
        inside.add(outside);
        outside.closeHandler(gone -> inside.remove(outside));
        client.connect(to, LOOPBACK)
                .onSuccess(inside -> {
                    outside.pipeTo(inside).onComplete(done -> inside.close());
                    inside.pipeTo(outside).onComplete(done -> outside.close());
                })
                .onFailure(nobodyThere -> outside.close());
    }
}
