package io.anju.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;

/** Requests that never passed the edge: whoever is said to ask, asks. Nothing can be read of them. */
public final class Forgery {
    private Forgery() {}

    public static Request of(Operation operation, Caller caller) {
        var unread = (HttpServerRequest) Proxy.newProxyInstance(
                Forgery.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> {
                    throw new Read();
                });
        return new Request(
                operation,
                caller,
                new Request.Origin(Instant.EPOCH, Language.EN, "", ""),
                new String[0],
                null,
                MultiMap.caseInsensitiveMultiMap(),
                unread,
                Buffer.buffer(),
                null);
    }

    /** An area that nobody asked for. */
    public static Area area(String cityCode, String code) {
        return Area.within(new Office(cityCode, "city", code, ""), "", null);
    }

    /** Somebody wanted to read what was sent. */
    public static final class Read extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
