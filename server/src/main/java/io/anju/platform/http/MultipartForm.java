package io.anju.platform.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of a multipart form that is here as a whole. The decoder is not given the body piece by piece as it comes in:
 * where a piece ends between the CR and the LF before a boundary, it would leave the CR in the field or in the file
 * (netty issue 17383).
 *
 * @param fields by name, the last of those that share one
 */
record MultipartForm(List<Part> files, Map<String, String> fields) {
    private static final int MAX_FIELDS = 16;
    private static final int FIELD_MAX_BYTES = 4 * 1024;

    /** A file as the client named it. */
    record Part(String fileName, String mediaType, Buffer content) {}

    /** The body is no such form, or has more or longer fields than any operation takes. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(Throwable cause) {
            super(cause);
        }
    }

    /** @param mediaType the whole header, with its boundary */
    static MultipartForm of(String mediaType, Buffer body) throws Unreadable {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaders.CONTENT_TYPE, mediaType);
        try {
            // kept in memory: bodies are bounded, and no file of a resident lies about on the disk
            var decoder = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(false), head, StandardCharsets.UTF_8, MAX_FIELDS, FIELD_MAX_BYTES);
            try {
                decoder.offer(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body.getBytes())));
                return read(decoder);
            } finally {
                decoder.destroy();
            }
        } catch (RuntimeException | IOException e) {
            // not its DecoderException alone: it trips over its own indexes where a form is made to be odd
            throw new Unreadable(e);
        }
    }

    private static MultipartForm read(HttpPostMultipartRequestDecoder decoder) throws IOException {
        var files = new ArrayList<Part>();
        var fields = new TreeMap<String, String>();
        for (var data : decoder.getBodyHttpDatas()) {
            if (data instanceof FileUpload file) {
                files.add(new Part(file.getFilename(), file.getContentType(), Buffer.buffer(file.get())));
            } else if (data instanceof Attribute field) {
                if (field.length() > FIELD_MAX_BYTES) {
                    throw new IOException("a form field is too long");
                }
                fields.put(field.getName(), field.getValue());
            }
        }
        return new MultipartForm(files, fields);
    }
}
