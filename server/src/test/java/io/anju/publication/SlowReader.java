package io.anju.publication;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that reads as slowly as it likes, over a socket that holds little. */
final class SlowReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 4_096;

    private final Socket socket = new Socket();
    private final String host;

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

    /** The body of a chunked answer, to its end. */
    byte[] readBody() throws IOException {
        var in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        while (!line(in).isEmpty()) {
            // the head
        }
        var body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            var chunk = in.readNBytes(length);
            if (chunk.length < length) {
                throw new IOException("cut off");
            }
            body.write(chunk);
            line(in);
        }
        return body.toByteArray();
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
