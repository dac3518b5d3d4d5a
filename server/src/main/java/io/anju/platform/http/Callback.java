package io.anju.platform.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where an outside system tells us something in a form of its own, which is why the contract does not list it.
 * It is taken by {@code POST} with the body as it came, because signatures are over the raw bytes.
 *
 * @param path where, exactly
 * @param handler checks who speaks and does what is said
 */
public record Callback(String path, Function<Message, Future<Answer>> handler) {

    /** What came: the first value of a header, and the body byte for byte. */
    public record Message(Function<String, @Nullable String> header, Buffer body, Instant at) {}

    /** What the sender is told; an empty text is no body. */
    public record Answer(int status, String json) {
        public static final Answer TAKEN = new Answer(204, "");
    }

    /** The callbacks, and behind them the pages that are served beside the operations. */
    public static final class Desk implements Pages {
        private static final Logger LOG = LoggerFactory.getLogger(Callback.class);
        private static final int MAX_BYTES = 64 * 1024;
        private static final Answer TOO_LARGE = new Answer(413, "");
        private static final Answer WRONG_METHOD = new Answer(405, "");
        private static final Answer FAILED = new Answer(503, "");

        private final Map<String, Callback> callbacks;
        private final Pages pages;
        private final InstantSource clock;

        public Desk(List<Callback> callbacks, Pages pages, InstantSource clock) {
            this.callbacks = callbacks.stream().collect(Collectors.toMap(Callback::path, callback -> callback));
            this.pages = pages;
            this.clock = clock;
        }

        @Override
        public boolean serve(HttpServerRequest http, Language language) {
            var callback = callbacks.get(http.path());
            if (callback == null) {
                return pages.serve(http, language);
            }
            if (http.method() != HttpMethod.POST) {
                write(http.response(), WRONG_METHOD);
            } else {
                read(http, callback);
            }
            return true;
        }

        private void read(HttpServerRequest http, Callback callback) {
            var body = Buffer.buffer();
            var over = new AtomicBoolean();
            http.handler(chunk -> {
                if (body.length() + chunk.length() <= MAX_BYTES) {
                    body.appendBuffer(chunk);
                } else if (over.compareAndSet(false, true)) {
                    write(http.response().putHeader("Connection", "close"), TOO_LARGE);
                }
            });
            // a client that went away is told nothing
            http.exceptionHandler(gone -> LOG.debug("a callback broke off"));
            http.endHandler(end -> {
                if (!over.get()) {
                    take(http, callback, body);
                }
            });
            http.resume();
        }

        private void take(HttpServerRequest http, Callback callback, Buffer body) {
            callback.handler()
                    .apply(new Message(http::getHeader, body, clock.instant()))
                    .recover(failure -> {
                        LOG.atError()
                                .setCause(failure)
                                .addKeyValue("path", http.path())
                                .log("callback failed");
                        return Future.succeededFuture(FAILED);
                    })
                    .onSuccess(answer -> write(http.response(), answer));
        }

        private static void write(HttpServerResponse response, Answer answer) {
            if (response.closed() || response.ended()) {
                return;
            }
            response.setStatusCode(answer.status()).putHeader("Cache-Control", "no-store");
            if (answer.json().isEmpty()) {
                response.end();
            } else {
                response.putHeader("Content-Type", Reply.JSON).end(answer.json());
            }
        }
    }
}
