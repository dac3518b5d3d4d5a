package io.anju.platform.files;

import io.anju.platform.config.Settings;
import io.anju.platform.http.UploadScan;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a ClamAV daemon, by its command INSTREAM: the file goes in pieces, each after its length, and an empty piece ends
 * it. What the daemon cannot look at, it has not found clean: then the file is not taken.
 */
public final class ClamdScan implements UploadScan {
    private static final Logger LOG = LoggerFactory.getLogger(ClamdScan.class);
    private static final Buffer COMMAND = Buffer.buffer("zINSTREAM\0");
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long LIMIT_SECONDS = 30;
    private static final int MOST_ANSWER_BYTES = 4_096;

    private final NetClient client;
    private final Settings.Scanner scanner;

    private ClamdScan(Vertx vertx, Settings.Scanner scanner) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.scanner = scanner;
    }

    /** The scanner that the settings name. */
    public static UploadScan of(Vertx vertx, Settings settings) {
        var scanner = settings.attachments().scanner();
        return scanner == null ? UploadScan.NONE : new ClamdScan(vertx, scanner);
    }

    @Override
    public Future<Void> requireClean(Buffer content) {
        return client.connect(scanner.port(), scanner.host())
                .compose(socket -> ask(socket, content).onComplete(done -> socket.close()))
                .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> {
                    LOG.warn("the virus scanner does not answer: {}", failure.toString());
                    return Future.succeededFuture("");
                })
                .compose(ClamdScan::judge);
    }

    private static Future<String> ask(NetSocket socket, Buffer content) {
        var answer = Promise.<String>promise();
        var heard = Buffer.buffer();
        socket.handler(piece -> {
            heard.appendBuffer(piece);
            if (heard.length() > MOST_ANSWER_BYTES || heard.getByte(heard.length() - 1) == 0) {
                answer.tryComplete(heard.toString(StandardCharsets.UTF_8).strip());
            }
        });
        socket.closeHandler(closed -> answer.tryFail("closed without a word"));
        socket.exceptionHandler(answer::tryFail);
        return socket.write(COMMAND)
                .compose(written -> send(socket, content, 0))
                // a daemon that has seen enough answers before the end, and closes
                .recover(failure -> Future.succeededFuture())
                .compose(sent -> answer.future());
    }

    private static Future<Void> send(NetSocket socket, Buffer content, int from) {
        int length = Math.min(PIECE_BYTES, content.length() - from);
        var piece = Buffer.buffer(Integer.BYTES + length).appendInt(length);
        if (length > 0) {
            piece.appendBuffer(content, from, length);
        }
        var written = socket.write(piece);
        return length == 0 ? written : written.compose(done -> send(socket, content, from + length));
    }

    private static Future<Void> judge(String answer) {
        var said = answer.replace("\0", "");
        if (said.equals("stream: OK")) {
            return Future.succeededFuture();
        }
        if (said.endsWith(" FOUND")) {
            LOG.warn("an uploaded file was refused by the virus scanner: {}", signature(said));
            return Refusal.failed(PlatformProblem.FILE_INFECTED);
        }
        if (!said.isEmpty()) {
            LOG.warn("the virus scanner could not look at a file: {}", signature(said));
        }
        return Refusal.failed(PlatformProblem.UNAVAILABLE);
    }

    /** The daemon's own words, without what could forge a line of the log. */
    private static String signature(String said) {
        return said.replaceAll("[^A-Za-z0-9._:/ -]", "?");
    }
}
