package io.anju.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays the ClamAV daemon over TCP: takes files by INSTREAM and knows the test file that every scanner knows. */
public final class ClamdDouble implements AutoCloseable {
    /** In two halves, so that nobody's scanner takes this source for a virus. */
    public static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    private final ServerSocket server;
    private final List<byte[]> files = new CopyOnWriteArrayList<>();
    private volatile String instead = "";

    private ClamdDouble(ServerSocket server) {
        this.server = server;
    }

    public static ClamdDouble start() {
        try {
            var clamd = new ClamdDouble(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
            var thread = new Thread(clamd::serve, "clamd");
            thread.setDaemon(true);
            thread.start();
            return clamd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the setting takes it. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The files that it was given, byte for byte. */
    public List<byte[]> files() {
        return files;
    }

    /** Says this of every file from now on; empty: what is so. */
    public void say(String answer) {
        instead = answer;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // the client went away, or the test is over
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var command = new StringBuilder();
        for (int next = in.read(); next > 0; next = in.read()) {
            command.append((char) next);
        }
        if (!command.toString().equals("zINSTREAM")) {
            throw new EOFException("not the command: " + command);
        }
        var content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            content.write(in.readNBytes(length));
        }
        files.add(content.toByteArray());
        var isBad = new String(content.toByteArray(), StandardCharsets.ISO_8859_1).contains(EICAR);
        var verdict = isBad ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
        socket.getOutputStream()
                .write(((instead.isEmpty() ? verdict : instead) + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
