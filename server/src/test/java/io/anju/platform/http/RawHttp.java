package io.anju.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no decent client would. */
final class RawHttp {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST_BYTES = 64 << 20;

    private RawHttp() {}

    /** Sends the text and reads until the server hangs up or has answered with a length. */
    static String send(URI server, String request) {
        try (var socket = connect(server)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text, several requests in a row, and reads until the server hangs up. */
    static String sendAll(URI server, String requests) {
        try (var socket = connect(server)) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the head and then the piece again and again until the server has enough. */
    static String sendEndless(URI server, String head, String piece) {
        try (var socket = connect(server)) {
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            var bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
            for (long sent = 0; socket.getInputStream().available() == 0; sent += bytes.length) {
                if (sent > MOST_BYTES) {
                    throw new AssertionError("the server took " + sent + " bytes");
                }
                out.write(bytes);
            }
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text a byte at a time with a pause after each, until the server answers. */
    static String sendSlowly(URI server, String request, int pauseMillis) throws InterruptedException {
        try (var socket = connect(server)) {
            for (byte piece : request.getBytes(StandardCharsets.ISO_8859_1)) {
                if (socket.getInputStream().available() > 0) {
                    break;
                }
                socket.getOutputStream().write(piece);
                Thread.sleep(pauseMillis);
            }
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(URI server) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Reads one answer to its end, whether the server hangs up after it or waits for the rest of the request. */
    static String read(Socket socket) throws IOException {
        var answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        var buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                if (answer.indexOf("\r\n\r\n{") > 0 && answer.charAt(answer.length() - 1) == '}') {
                    break;
                }
            }
        } catch (SocketException e) {
            // hung up while we were still sending; what came before is the answer
            return answer.toString();
        }
        return answer.toString();
    }
}
