package io.anju.platform.http;

import io.vertx.core.http.HttpServerRequest;

/** The address that a request is charged to. */
final class ClientAddress {
    private ClientAddress() {}

    /**
     * The peer's address, or behind {@code trustedProxies} proxies what the outermost of them saw: entries further left
     * in {@code X-Forwarded-For} are whatever the client wrote there.
     */
    static String of(HttpServerRequest http, int trustedProxies) {
        var forwarded = trustedProxies == 0 ? null : http.getHeader("X-Forwarded-For");
        if (forwarded == null) {
            return String.valueOf(http.remoteAddress().hostAddress());
        }
        int end = forwarded.length();
        for (int left = trustedProxies; left > 1; left--) {
            int comma = forwarded.lastIndexOf(',', end - 1);
            if (comma < 0) {
                break;
            }
            end = comma;
        }
        return forwarded.substring(forwarded.lastIndexOf(',', end - 1) + 1, end).strip();
    }
}
