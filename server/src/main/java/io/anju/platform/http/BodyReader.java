package io.anju.platform.http;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the body of one request within its limits of type, size and time. */
final class BodyReader {
    private static final String MULTIPART = "multipart/form-data";
    private static final Buffer EMPTY = Buffer.buffer();
    private static final int FILE_NAME_MAX_CHARS = 200;
    /** A thousand bodies of this size are no burden; beyond it they share what uploads may hold. */
    private static final int SMALL_BYTES = 64 * 1024;

    private final HttpServerRequest http;
    private final HttpSettings settings;
    private final Mounted mounted;
    private final Answer answer;
    private final Consumer<Throwable> failed;
    private @Nullable Buffer collected;
    private long timer = -1;
    private boolean done;

    /** @param failed takes what keeps the body from being read: a refusal, or a bug */
    BodyReader(Edge edge, HttpServerRequest http, Mounted mounted, Answer answer, Consumer<Throwable> failed) {
        this.failed = failed;
        this.http = http;
        this.settings = edge.settings;
        this.mounted = mounted;
        this.answer = answer;
    }

    /** Takes what was read: a body, or the file of an upload. */
    @FunctionalInterface
    interface Received {
        void accept(Buffer body, @Nullable Upload upload);
    }

    /** Hands over the body once it is here; it fails while the client may still be sending. */
    void read(Received received) {
        long declaredBytes = declaredBytes(http);
        if (declaredBytes == 0 || http.isEnded()) {
            http.resume();
            received.accept(EMPTY, null);
            return;
        }
        var mediaType = mediaType();
        if (mounted.takesBody() && !mounted.operation().consumes().contains(mediaType)) {
            refuse(Refusal.of(
                    PlatformProblem.UNSUPPORTED_MEDIA_TYPE,
                    Map.of(
                            "consumes",
                            String.join(", ", new TreeSet<>(mounted.operation().consumes())))));
            return;
        }
        boolean isUpload = mounted.takesUpload() && !mediaType.equals(Reply.JSON);
        long maxBytes = maxBytes(isUpload, mediaType);
        if (declaredBytes > maxBytes) {
            refuse(tooLarge(isUpload));
        } else if (isLarge(isUpload, declaredBytes) && !answer.reserve(declaredBytes < 0 ? maxBytes : declaredBytes)) {
            refuse(Refusal.of(PlatformProblem.UNAVAILABLE));
        } else {
            receive(isUpload, mediaType, maxBytes, received);
        }
    }

    /** Whether so many clients that send such a body and never end it could fill the memory. */
    private static boolean isLarge(boolean isUpload, long declaredBytes) {
        return isUpload || declaredBytes < 0 || declaredBytes > SMALL_BYTES;
    }

    private long maxBytes(boolean isUpload, String mediaType) {
        if (!isUpload) {
            return settings.bodyMaxBytes();
        }
        return settings.uploadMaxBytes() + (mediaType.equals(MULTIPART) ? HttpSettings.MULTIPART_OVERHEAD_BYTES : 0);
    }

    private void receive(boolean isUpload, String mediaType, long maxBytes, Received received) {
        startTimer();
        http.handler(chunk -> {
            if (http.bytesRead() > maxBytes) {
                refuse(tooLarge(isUpload));
            } else if (!done) {
                collect(chunk);
            }
        });
        http.exceptionHandler(failure -> breakOff());
        http.endHandler(end -> {
            if (finish()) {
                try {
                    deliver(isUpload, mediaType, received);
                } catch (RuntimeException e) {
                    failed.accept(e);
                }
            }
        });
        if (isWaiting(http) && http.method() != HttpMethod.HEAD) {
            http.response().writeContinue();
        }
        http.resume();
    }

    /** The client sends its body only when it is told to. */
    static boolean isWaiting(HttpServerRequest http) {
        return "100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT));
    }

    private void deliver(boolean isUpload, String mediaType, Received received) {
        var bytes = collected == null ? EMPTY : collected;
        if (!isUpload) {
            received.accept(bytes, null);
        } else if (mediaType.equals(MULTIPART)) {
            deliverForm(bytes, received);
        } else if (bytes.length() > settings.uploadMaxBytes()) {
            failed.accept(tooLarge(true));
        } else {
            received.accept(EMPTY, new Upload("", mediaType, bytes, Map.of()));
        }
    }

    private void deliverForm(Buffer body, Received received) {
        MultipartForm form;
        try {
            form = MultipartForm.of(http.getHeader(HttpHeaders.CONTENT_TYPE), body);
        } catch (MultipartForm.Unreadable e) {
            failed.accept(badFile(FormProblem.REQUIRED, Map.of()));
            return;
        }
        if (form.files().size() > 1) {
            failed.accept(badFile(FormProblem.TOO_MANY_ITEMS, Map.of("maximum", "1")));
        } else if (form.files().isEmpty()) {
            received.accept(EMPTY, null);
        } else {
            var file = form.files().get(0);
            if (file.content().length() > settings.uploadMaxBytes()) {
                failed.accept(tooLarge(true));
            } else {
                received.accept(
                        EMPTY, new Upload(fileName(file.fileName()), file.mediaType(), file.content(), form.fields()));
            }
        }
    }

    private void collect(Buffer chunk) {
        // most bodies come in one chunk, which then needs no copy
        collected = collected == null ? chunk : collected.appendBuffer(chunk);
    }

    private void breakOff() {
        if (http.response().closed()) {
            if (finish()) {
                answer.abandon();
            }
        } else {
            refuse(badFile(FormProblem.REQUIRED, Map.of()));
        }
    }

    private void refuse(Refusal refusal) {
        if (finish()) {
            failed.accept(refusal);
        }
    }

    /** Whether this was the first end: a body is handed over or refused once. */
    private boolean finish() {
        if (done) {
            return false;
        }
        done = true;
        var context = Vertx.currentContext();
        if (timer >= 0 && context != null) {
            context.owner().cancelTimer(timer);
        }
        return true;
    }

    /** An idle timeout alone lets a client send a byte a second for hours. */
    private void startTimer() {
        var context = Vertx.currentContext();
        if (context != null) {
            timer = context.owner()
                    .setTimer(
                            TimeUnit.SECONDS.toMillis(settings.bodyTimeoutSeconds()),
                            late -> refuse(Refusal.of(PlatformProblem.REQUEST_TIMEOUT)));
        }
    }

    private static Refusal badFile(FormProblem problem, Map<String, String> args) {
        return Refusal.of(PlatformProblem.INVALID_REQUEST, List.of(new Finding("/file", problem, args)));
    }

    private Refusal tooLarge(boolean isUpload) {
        int maximum = isUpload ? settings.uploadMaxBytes() : settings.bodyMaxBytes();
        return Refusal.of(PlatformProblem.PAYLOAD_TOO_LARGE, Map.of("maximum", Integer.toString(maximum)));
    }

    /** The length that the client announced; -1 where it did not, 0 where there is no body. */
    static long declaredBytes(HttpServerRequest http) {
        var length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return http.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? 0 : -1;
        }
        // the HTTP decoder has refused anything but digits
        return Long.parseLong(length);
    }

    private String mediaType() {
        var header = http.getHeader(HttpHeaders.CONTENT_TYPE);
        if (header == null) {
            return "";
        }
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The name without a path and without what has no place in a name. */
    private static String fileName(@Nullable String given) {
        if (given == null) {
            return "";
        }
        var name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var clean = new StringBuilder(name.length());
        name.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
        return clean.length() <= FILE_NAME_MAX_CHARS
                ? clean.toString()
                : clean.substring(0, clean.offsetByCodePoints(0, FILE_NAME_MAX_CHARS / 2));
    }
}
