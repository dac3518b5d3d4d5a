package io.anju.contract;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request of the fuzz run while mutations are made to it; the operation is the one that it started from. */
final class FuzzRequest {
    private static final int SHOWN_CHARS = 600;

    final int index;
    final ContractOperation operation;
    final List<Map.Entry<String, String>> headers = new ArrayList<>();
    String method;
    String path = "";
    String query = "";
    String caller = "anonymous";

    byte @Nullable [] body;

    FuzzRequest(int index, ContractOperation operation) {
        this.index = index;
        this.operation = operation;
        this.method = operation.method().toUpperCase(Locale.ROOT);
    }

    String uri() {
        return query.isEmpty() ? path : path + '?' + query;
    }

    void header(String name, String value) {
        headers.add(Map.entry(name, value));
    }

    /** Takes the place of whatever the header was. */
    void replace(String name, String value) {
        remove(name);
        header(name, value);
    }

    void remove(String name) {
        headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
    }

    Buffer payload() {
        return body == null ? Buffer.buffer() : Buffer.buffer(body);
    }

    @Override
    public String toString() {
        var content = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return "request " + index + " (" + operation.id() + " by " + caller + ")\n" + shortened(method + ' ' + uri())
                + '\n' + shortened(headers.toString()) + '\n' + shortened(content);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "… (" + text.length() + ")";
    }
}
