package io.anju.platform.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A file that came with the request, as multipart or as raw bytes; its size is bounded before it is read.
 *
 * @param fileName as the client named it, without any path; empty where it gave none
 * @param declaredMediaType what the client says it is: a claim, to be checked against the content
 * @param fields the other parts of a multipart form, by name
 */
public record Upload(String fileName, String declaredMediaType, Buffer content, Map<String, String> fields) {}
