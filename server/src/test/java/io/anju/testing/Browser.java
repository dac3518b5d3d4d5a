package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with one page, driven by the DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final long ANSWER_SECONDS = 180;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages;
    private int lastId;

    private Browser(Process process, WebSocket socket, BlockingQueue<JsonNode> messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    /** Where this machine has a Chromium. */
    public static Optional<Path> find() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** Starts it with a profile of its own in the folder. */
    public static Browser start(Path program, Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        var host = listening(process);
        var http = HttpClient.newHttpClient();
        var page = new ObjectMapper()
                .readTree(http.send(
                                HttpRequest.newBuilder(URI.create("http://" + host + "/json/new?about:blank"))
                                        .PUT(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
        var messages = new LinkedBlockingQueue<JsonNode>();
        var socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), new Inbox(messages))
                .join();
        return new Browser(process, socket, messages);
    }

    private static String listening(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            var found = LISTENING.matcher(line);
            if (found.find()) {
                // what it says later must not fill the pipe
                var drain = new Thread(() -> drain(out));
                drain.setDaemon(true);
                drain.start();
                return found.group(1);
            }
        }
        throw new IOException("the browser did not start: " + said);
    }

    private static void drain(BufferedReader out) {
        try {
            out.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            // its end is not ours to report
        }
    }

    /** Puts the pieces of each message together. */
    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages;
        private final ObjectMapper json = new ObjectMapper();
        private final StringBuilder pieces = new StringBuilder();

        Inbox(BlockingQueue<JsonNode> messages) {
            this.messages = messages;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                try {
                    messages.add(json.readTree(pieces.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                pieces.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    /** Opens an address and waits until the page's own scripts have run. */
    public void open(String address) {
        call("Page.enable", Map.of());
        call("Page.navigate", Map.of("url", address));
        await("Page.loadEventFired");
    }

    /** Chooses files for an input, as a person would. */
    public void choose(String selector, Path... files) {
        var root = call("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
        var node = call("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
                .path("nodeId")
                .asInt();
        var names = Stream.of(files).map(Path::toString).toList();
        call("DOM.setFileInputFiles", Map.of("nodeId", node, "files", names));
    }

    /** The value of an expression; one that is a promise is waited for. */
    public String evaluate(String expression) {
        var answer =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value").asText();
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++lastId;
        ObjectNode message = new ObjectMapper().createObjectNode();
        message.put("id", id).put("method", method).set("params", new ObjectMapper().valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        while (true) {
            var answer = next();
            if (answer.path("id").asInt() == id) {
                if (answer.has("error")) {
                    throw new AssertionError(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
        }
    }

    private void await(String event) {
        while (!next().path("method").asText().equals(event)) {
            // what else happens meanwhile is of no interest
        }
    }

    private JsonNode next() {
        try {
            var message = messages.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the browser said nothing for " + ANSWER_SECONDS + " s");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
