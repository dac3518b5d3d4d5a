package io.anju.platform.files;

import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A picture or document from which everything was taken that is not the picture: place, time, camera, comments, previews,
 * colour profiles with their makers' names. What cannot be cleaned is not taken: a file that is also another one, hides
 * an archive, or claims a picture that would fill the memory of whoever opens it.
 *
 * <p>A PDF is built anew ({@link CleanPdf}): what it says stays, who made it when and with what does not.
 */
public final class CleanFile {
    /** Larger pictures are traps more often than photographs. */
    static final long MOST_PIXELS = 100_000_000;

    private static final byte[][] FOREIGN = {
        ascii("PK\003\004"),
        ascii("PK\005\006"),
        ascii("%PDF-"),
        ascii("Rar!"),
        ascii("7z\274\257"),
        ascii("<?php"),
        ascii("<script"),
        ascii("<html"),
        ascii("\177ELF"),
        ascii("MZ\220"),
    };
    private static final byte[][] FOREIGN_IN_PDF = {ascii("PK\005\006")};
    private static final int PDF_TAIL = 1024;

    private CleanFile() {}

    /** Thrown inside of this package for what is not taken. */
    static final class Unclean extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unclean(String why) {
            super(why, null, false, false);
        }
    }

    /** The clean file; empty where it is of no kind that is taken, or cannot be cleaned. */
    public static Optional<KeptFiles.Recognised> of(byte[] content) {
        return DocumentType.of(content).flatMap(type -> of(type, content));
    }

    private static Optional<KeptFiles.Recognised> of(String type, byte[] content) {
        try {
            var clean =
                    switch (type) {
                        case "image/jpeg" -> CleanJpeg.of(content);
                        case "image/png" -> CleanPng.of(content);
                        case "image/webp" -> CleanWebp.of(content);
                        case "application/pdf" -> pdf(content);
                        default -> throw new Unclean("not taken");
                    };
            return Optional.of(new KeptFiles.Recognised(type, clean));
        } catch (Unclean | IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] pdf(byte[] content) {
        if (!startsWith(content, 0, ascii("%PDF-"))) {
            throw new Unclean("something stands before the document");
        }
        int end = content.length;
        while (end > 0 && content[end - 1] <= ' ' && content[end - 1] >= 0) {
            end--;
        }
        var mark = ascii("%%EOF");
        if (end < mark.length || content.length - end > PDF_TAIL || !startsWith(content, end - mark.length, mark)) {
            throw new Unclean("something stands after the document");
        }
        requireNone(FOREIGN_IN_PDF, content, 0);
        return CleanPdf.of(content);
    }

    /** What stands after a picture's end is cut off; where it begins or holds another file, nothing is taken at all. */
    static void requireNoOtherFile(byte[] content, int from) {
        requireNone(FOREIGN, content, from);
    }

    static void requirePixels(long width, long height) {
        if (width <= 0 || height <= 0 || width * height > MOST_PIXELS) {
            throw new Unclean("larger than a picture");
        }
    }

    private static void requireNone(byte[][] marks, byte[] content, int from) {
        for (int at = from; at < content.length; at++) {
            for (var mark : marks) {
                if (content[at] == mark[0] && startsWith(content, at, mark)) {
                    throw new Unclean("also another file");
                }
            }
        }
    }

    static boolean startsWith(byte[] content, int at, byte[] mark) {
        if (at < 0 || at + mark.length > content.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (content[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
