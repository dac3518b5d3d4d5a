package io.anju.sdk;

/** A file that goes up or comes down: its name, media type and bytes. */
public final class FileContent {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;

    private FileContent(String name, String mediaType, byte[] bytes) {
        this.name = name;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    /** Takes the name that the authority will see, e.g. {@code income.pdf}, and the media type, e.g. {@code application/pdf}. */
    public static FileContent of(String name, String mediaType, byte[] bytes) {
        return new FileContent(name, mediaType, bytes);
    }

    public String name() {
        return name;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }
}
