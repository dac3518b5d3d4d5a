package io.anju.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is asked to be; a port of 0 takes a free one.
 *
 * @param data folder that keeps the city between runs; none for a city that is gone afterwards
 */
public record DemoOptions(
        String host,
        int port,
        int managementPort,
        int simulatorPort,
        @Nullable Path data,
        int households,
        long seed) {
    private record Wanted(String option, String host, int port) {}

    /** Names the first port that somebody else has; before anything slow begins. */
    void requireFreePorts() {
        var wanted = List.of(
                new Wanted("--port", host, port),
                new Wanted("--management-port", "127.0.0.1", managementPort),
                new Wanted("--simulator-port", "127.0.0.1", simulatorPort));
        for (var one : wanted) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(one.host()), one.port()));
            } catch (IOException e) {
                throw new IllegalStateException(
                        "Port " + one.port() + " is in use by another program; choose another with " + one.option(), e);
            }
        }
    }
}
