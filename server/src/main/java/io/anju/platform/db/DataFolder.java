package io.anju.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of an embedded database: its cluster, its binaries, its password, and the lock of who uses it. */
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int STOP_SECONDS = 20;
    private static final List<String> PASSWORD_RULES = List.of(
            "# written by Anju: every connection needs the password",
            "local all all scram-sha-256",
            "host all all 127.0.0.1/32 scram-sha-256",
            "host all all ::1/128 scram-sha-256");

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Takes the folder for this process; it is readable by its owner alone. */
    static DataFolder open(Path root) {
        try {
            createPrivate(root);
            var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new IllegalStateException("the data folder " + root + " is in use by another process");
            }
            return new DataFolder(root, channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + root + " cannot be used", e);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (Files.getFileStore(existing(folder)).supportsFileAttributeView("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static Path existing(Path folder) {
        var path = folder.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path cluster() {
        return root.resolve("postgres");
    }

    Path binaries() {
        return root.resolve("postgres-binaries");
    }

    /** Listens to the server that is started here next. */
    StartWords listen() throws IOException {
        return StartWords.listen(root.resolve("postgres-start.log"), cluster().resolve("log"));
    }

    boolean isReady() {
        return Files.exists(readyMark());
    }

    /** From here on the cluster is complete; one that was killed before this is made anew. */
    void markReady() throws IOException {
        Files.createFile(readyMark());
    }

    private Path readyMark() {
        return root.resolve("postgres-ready");
    }

    String password(Supplier<String> fresh) throws IOException {
        var file = root.resolve("postgres-password");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var password = fresh.get();
        Files.writeString(file, password);
        return password;
    }

    void requirePasswords() throws IOException {
        Files.write(cluster().resolve("pg_hba.conf"), PASSWORD_RULES);
    }

    /**
     * A process killed outright leaves its PostgreSQL running, or a file that says so. The server is stopped, in the
     * end by force: it recovers from its log as after a power cut. A cluster that never got ready is deleted.
     */
    void stopLeftOver() throws IOException {
        var pidFile = cluster().resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            var left = postmaster(pidFile);
            if (left.isPresent()) {
                LOG.info(
                        "Stopping the database server (process {}) that an earlier run left behind",
                        left.get().pid());
                stop(left.get());
            }
            // the number may belong to another program by now, and PostgreSQL would take that one for itself
            Files.deleteIfExists(pidFile);
        }
        if (!isReady()) {
            FolderTree.delete(cluster());
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    /** Deletes the folder with all that is in it; for what nobody keeps. */
    void delete() {
        try {
            FolderTree.delete(root);
        } catch (IOException e) {
            LOG.warn("The folder {} was not deleted", root, e);
        }
    }

    private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(DataFolder::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        if (!endsInTime(process)) {
            process.destroyForcibly();
            if (!endsInTime(process)) {
                throw new IllegalStateException("process " + process.pid() + " holds the data folder and does not end");
            }
        }
    }

    private static boolean endsInTime(ProcessHandle process) {
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a database server stops", e);
        }
    }

    @Override
    public void close() {
        try (lockFile) {
            if (lock.isValid()) {
                lock.release();
            }
        } catch (IOException e) {
            LOG.warn("The lock of {} was not given back", root, e);
        }
    }
}
