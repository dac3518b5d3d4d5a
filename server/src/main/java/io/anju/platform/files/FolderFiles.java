package io.anju.platform.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files in a folder of this machine. Blocking, so all of it runs in worker code. */
final class FolderFiles implements FileStore {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]+(/[A-Za-z0-9-]+)*");

    private final Vertx vertx;
    private final Path folder;

    FolderFiles(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Future<Void> put(String key, Buffer bytes) {
        var target = path(key);
        return vertx.executeBlocking(
                () -> {
                    write(target, bytes);
                    return null;
                },
                false);
    }

    @Override
    public Future<Buffer> get(String key) {
        var file = path(key);
        return vertx.executeBlocking(() -> Buffer.buffer(Files.readAllBytes(file)), false);
    }

    @Override
    public Future<Void> delete(String key) {
        var file = path(key);
        return vertx.executeBlocking(
                () -> {
                    Files.deleteIfExists(file);
                    return null;
                },
                false);
    }

    /** Beside its place, onto the disk, and then into its place: a reader or a crash never meets half a file. */
    private static void write(Path target, Buffer bytes) throws IOException {
        var parent = Objects.requireNonNull(target.getParent());
        Files.createDirectories(parent);
        var beside = parent.resolve(UUID.randomUUID() + ".part");
        try {
            try (var channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var content = java.nio.ByteBuffer.wrap(bytes.getBytes());
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a key of a file");
        }
        return folder.resolve(key);
    }
}
