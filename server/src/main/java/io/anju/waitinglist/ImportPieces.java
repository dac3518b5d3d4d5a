package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A file in sealed pieces: written piece by piece, read as one stream, so that no more than one is in memory. */
final class ImportPieces {
    static final int BYTES = 1 << 20;

    private static final String TABLE = "waitinglist.import_piece";

    private final Db db;
    private final Vault vault;
    private final ImportStore store;

    ImportPieces(Db db, Vault vault, ImportStore store) {
        this.db = db;
        this.vault = vault;
        this.store = store;
    }

    /** @param number from 1 */
    Future<Void> add(Sql sql, UUID id, int number, byte[] piece) {
        return store.insertPiece(sql, id, number, Buffer.buffer(vault.seal(TABLE, column(number), id, piece)));
    }

    /** Reads, blocking, from the first piece on. */
    InputStream open(UUID id) {
        return new InputStream() {
            private ByteBuffer piece = ByteBuffer.allocate(0);
            private int number;
            private boolean isDone;

            @Override
            public int read() {
                return hasMore() ? piece.get() & 0xff : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (length == 0) {
                    return 0;
                }
                if (!hasMore()) {
                    return -1;
                }
                int some = Math.min(length, piece.remaining());
                piece.get(bytes, offset, some);
                return some;
            }

            private boolean hasMore() {
                while (!piece.hasRemaining() && !isDone) {
                    number++;
                    var next = Waiting.on(store.piece(db, id, number));
                    isDone = next.isEmpty();
                    next.ifPresent(
                            sealedBytes -> piece = ByteBuffer.wrap(vault.open(TABLE, column(number), id, sealedBytes)));
                }
                return piece.hasRemaining();
            }
        };
    }

    /** Bound to its number too, so that no two pieces can change places. */
    private static String column(int number) {
        return "sealed/" + number;
    }
}
