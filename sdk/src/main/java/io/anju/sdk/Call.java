package io.anju.sdk;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request as the generated classes describe it; {@link Transport} sends it. */
public final class Call {
    private final String method;
    private final String path;
    private final StringBuilder query = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Object json;
    private byte @Nullable [] bytes;

    private Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Takes the HTTP method and the contract's path, {@code {name}} parts still in it, and what to put there in turn. */
    public static Call of(String method, String template, Object... pathValues) {
        var path = new StringBuilder();
        int at = 0;
        for (Object value : pathValues) {
            int open = template.indexOf('{', at);
            path.append(template, at, open).append(encode(value));
            at = template.indexOf('}', open) + 1;
        }
        return new Call(method, path.append(template, at, template.length()).toString());
    }

    /** A parameter without a value is left out; a list is repeated. */
    public Call query(String name, @Nullable Object value) {
        if (value instanceof Iterable) {
            ((Iterable<?>) value).forEach(item -> query(name, item));
        } else if (value != null) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(encode(name))
                    .append('=')
                    .append(encode(value));
        }
        return this;
    }

    public Call header(String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, value.toString());
        }
        return this;
    }

    public Call json(@Nullable Object body) {
        json = body;
        return this;
    }

    /** A body of raw bytes under the file's own media type. */
    public Call file(@Nullable FileContent file) {
        if (file != null) {
            bytes = file.bytes();
            headers.put("Content-Type", file.mediaType());
        }
        return this;
    }

    /** Adds one part of a {@code multipart/form-data} body. */
    public Call part(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var boundary = headers.computeIfAbsent(
                "Content-Type", unused -> "multipart/form-data; boundary=anju-" + UUID.randomUUID());
        var out = new ByteArrayOutputStream();
        if (bytes != null) {
            // the closing line of the parts so far makes room for the next part
            out.write(bytes, 0, bytes.length - closing(boundary).length);
        }
        if (value instanceof FileContent) {
            var file = (FileContent) value;
            out.writeBytes(utf8(
                    "--" + mark(boundary) + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                            + quoted(file.name()) + "\"\r\nContent-Type: " + file.mediaType() + "\r\n\r\n"));
            out.writeBytes(file.bytes());
            out.writeBytes(utf8("\r\n"));
        } else {
            out.writeBytes(utf8("--" + mark(boundary) + "\r\nContent-Disposition: form-data; name=\"" + name
                    + "\"\r\n\r\n" + value + "\r\n"));
        }
        out.writeBytes(closing(boundary));
        bytes = out.toByteArray();
        return this;
    }

    String method() {
        return method;
    }

    String pathAndQuery() {
        return path + query;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    Object json() {
        return json;
    }

    byte @Nullable [] bytes() {
        return bytes;
    }

    boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    private static String mark(String contentType) {
        return contentType.substring(contentType.indexOf("boundary=") + "boundary=".length());
    }

    private static byte[] closing(String contentType) {
        return utf8("--" + mark(contentType) + "--\r\n");
    }

    /** A file's name must not be able to end its header. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
