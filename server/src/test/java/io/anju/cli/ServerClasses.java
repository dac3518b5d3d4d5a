package io.anju.cli;

import io.anju.platform.db.FolderTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * The classes of this build for servers in processes of their own. A JVM can keep classes as it has them in its memory,
 * and the next one then starts in half the time; it does so for jars, so what is compiled into folders is put into some.
 */
final class ServerClasses {
    private static final Path FOLDER = makeFolder();
    private static final Path ARCHIVE = FOLDER.resolve("server.jsa");
    private static final String PATH = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));

    private ServerClasses() {}

    /** Whether a server that ended by itself has left its classes for the next ones. */
    static boolean areKept() {
        return Files.exists(ARCHIVE);
    }

    /** For a JVM that starts; one that finds nothing kept reads the classes anew and says nothing. */
    static List<String> options() {
        var options = new ArrayList<>(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", PATH));
        if (areKept()) {
            options.add(0, "-XX:SharedArchiveFile=" + ARCHIVE);
        }
        return options;
    }

    /** For a JVM whose classes are to be kept when it ends. */
    static List<String> keepingOptions() {
        var options = new ArrayList<>(options());
        options.add(0, "-XX:ArchiveClassesAtExit=" + ARCHIVE);
        return options;
    }

    private static Path makeFolder() {
        try {
            var folder = Files.createTempDirectory("anju-classes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "server-classes-remover"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not compressed: it is read some dozen times in the next minutes. */
    private static Path jar(Path classes) {
        try (var files = Files.walk(classes)) {
            var jar = Files.createTempFile(FOLDER, "classes", ".jar");
            try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
                out.setMethod(ZipEntry.STORED);
                for (var file : files.sorted().toList()) {
                    add(out, classes.relativize(file), file);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders too: migrations and documents are found by theirs. */
    private static void add(JarOutputStream out, Path name, Path file) throws IOException {
        var isFolder = Files.isDirectory(file);
        var path = name.toString().replace(File.separatorChar, '/');
        if (path.isEmpty()) {
            return;
        }
        var bytes = isFolder ? new byte[0] : Files.readAllBytes(file);
        var crc = new CRC32();
        crc.update(bytes);
        var entry = new ZipEntry(isFolder ? path + "/" : path);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
