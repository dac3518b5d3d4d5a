package io.anju.payment;

import io.anju.payment.ChannelFailure.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Brings a compressed bill to disk: piped there, unpacked there, and digested on the way, whatever its length. */
final class BillFiles {
    private static final int BUFFER_BYTES = 65_536;

    private final Vertx vertx;

    BillFiles(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Gives the unpacked file, which is the caller's to delete.
     *
     * @param download writes the compressed bytes to the file, and closes it
     * @param wantedSha1 of the unpacked bytes
     */
    Future<Path> fetch(Function<AsyncFile, Future<Void>> download, String wantedSha1) {
        return vertx.executeBlocking(() -> Files.createTempFile("anju-bill", ".gz"), false)
                .compose(zipped -> vertx.fileSystem()
                        .open(zipped.toString(), new OpenOptions().setTruncateExisting(true))
                        .compose(download)
                        .compose(done -> vertx.executeBlocking(() -> unpack(zipped, wantedSha1), false))
                        .eventually(() -> vertx.executeBlocking(() -> Files.deleteIfExists(zipped), false)));
    }

    private static Path unpack(Path zipped, String wantedSha1) throws IOException {
        var plain = Files.createTempFile("anju-bill", ".csv");
        var digest = sha1();
        try (var in = new DigestInputStream(
                        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(zipped)), BUFFER_BYTES),
                        digest);
                OutputStream out = Files.newOutputStream(plain)) {
            in.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(plain);
            throw new ChannelFailure(Kind.UNKNOWN, "UNREADABLE_BILL");
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(wantedSha1)) {
            Files.deleteIfExists(plain);
            throw new ChannelFailure(Kind.UNKNOWN, "BAD_DIGEST");
        }
        return plain;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
