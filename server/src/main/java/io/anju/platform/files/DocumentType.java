package io.anju.platform.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/** Recognises documents by what they are; what a client calls a file does not count. */
public final class DocumentType {
    private static final Set<String> TAKEN =
            Set.of("application/pdf", "image/jpeg", "image/png", "image/heic", "image/webp");

    private DocumentType() {}

    /** The media type, if it is one that is taken. */
    public static Optional<String> of(byte[] content) {
        try (var stream = TikaInputStream.get(new ByteArrayInputStream(content))) {
            var type = MimeTypes.getDefaultMimeTypes().detect(stream, new Metadata());
            return Optional.of(type.getBaseType().toString()).filter(TAKEN::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
