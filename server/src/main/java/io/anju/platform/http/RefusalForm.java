package io.anju.platform.http;

import io.vertx.core.buffer.Buffer;

/** Writes refusals below one path in the form of another standard, which has settled it. */
public interface RefusalForm {
    /** Where the standard's paths begin. */
    String pathPrefix();

    /** The media type of a refusal of a request to this path. */
    String mediaType(String path);

    /** @param text what is wrong, in the caller's language */
    Buffer write(String path, int status, String text);
}
