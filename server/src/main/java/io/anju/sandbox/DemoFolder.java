package io.anju.sandbox;

import io.anju.platform.crypto.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a demo: the database, its key, the attachments, the clock, what WeChat Pay knows, and the guide. */
record DemoFolder(Path path, boolean isKept) {

    static DemoFolder of(DemoOptions options) throws IOException {
        var data = options.data();
        if (data == null) {
            return new DemoFolder(Files.createTempDirectory("anju-demo"), false);
        }
        return new DemoFolder(Files.createDirectories(data), true);
    }

    /** How to get into the city that was made here. */
    Path guide() {
        return path.resolve("city.json");
    }

    /** What the simulated WeChat Pay has been told: the city's own books go on with it. */
    Path weChatPay() {
        return path.resolve("wechat-pay.jsonl");
    }

    Path attachments() {
        return path.resolve("attachments");
    }

    /** The key that seals all others, made where there is none. */
    Path key() throws IOException {
        var file = path.resolve("anju.key");
        if (!Files.exists(file)) {
            KeyFile.create(file);
        }
        return file;
    }

    /** A file that holds a secret of the simulators. */
    Path secret(String name, String secret) throws IOException {
        return Files.writeString(path.resolve(name), secret);
    }

    /** What a preparation that was interrupted left beside the database. */
    void clearPreparation() throws IOException {
        Files.deleteIfExists(guide());
        Files.deleteIfExists(weChatPay());
        delete(attachments());
    }

    void deleteUnlessKept() {
        if (!isKept) {
            delete(path);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
            for (var path : all) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
