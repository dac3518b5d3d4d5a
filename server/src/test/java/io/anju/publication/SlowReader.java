package io.anju.publication;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that reads as slowly as it likes, over a socket that holds little. */
final class SlowReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 4_096;

    private final Socket socket = new Socket();
    private final String host;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable InputStream in;

    SlowReader(URI base) throws IOException {
        host = base.getHost();
        // before it connects: the window that the server is told of
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.setSoTimeout(30_000);
    }

    void ask(String path) throws IOException {
        var head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    void readSome(int bytes) throws IOException {
        socket.getInputStream().readNBytes(bytes);
    }

    /** Reads so much of the body of a chunked answer, or some more. */
    void readPart(int bytes) throws IOException {
        readTo(bytes);
    }

    /** The body of a chunked answer from its beginning to its end. */
    byte[] readBody() throws IOException {
        readTo(Integer.MAX_VALUE);
        return body.toByteArray();
    }

    private void readTo(int bytes) throws IOException {
        if (in == null) {
            in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            while (!line(in).isEmpty()) {
                // the head
            }
        }
        while (body.size() < bytes) {
            int length = Integer.parseInt(line(in), 16);
            if (length == 0) {
                return;
            }
            var chunk = in.readNBytes(length);
            if (chunk.length < length) {
                throw new IOException("cut off");
            }
            body.write(chunk);
            line(in);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new IOException("cut off");
            }
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
