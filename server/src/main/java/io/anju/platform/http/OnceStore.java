package io.anju.platform.http;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code platform.idempotency}. Answers are sealed: they hold tokens and personal data. */
final class OnceStore {
    private static final String TABLE = "platform.idempotency";
    private static final String COLUMN = "answer";

    /** Locks the key until the end of the transaction and then looks: one round trip for both. */
    private static final String BEGIN = """
            SELECT locked, digest, answer
              FROM platform.begin_once($1, $2, $3)
            """;

    private static final String FIND = """
            SELECT true AS locked, digest, answer
              FROM platform.idempotency
             WHERE scope = $1 AND operation = $2 AND key = $3
            """;

    private static final String SAVE = """
            INSERT INTO platform.idempotency (scope, operation, key, digest, answer)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('untraced/' || encode($1::bytea, 'hex'), 0)) AS locked";

    private final Vault vault;

    OnceStore(Vault vault) {
        this.vault = vault;
    }

    /** A stored answer and the digest of the request that got it. */
    record Answer(byte[] digest, byte[] sealed) {}

    /** Whether this transaction holds the key, and what the key has already answered. */
    record Begun(boolean locked, Optional<Answer> answer) {}

    Future<Begun> begin(Tx tx, OnceKey key) {
        return tx.run(BEGIN, key.scope(), key.operation(), key.key()).map(rows -> {
            var row = rows.iterator().next();
            return new Begun(row.getBoolean("locked"), answer(row));
        });
    }

    Once.Untraced untraced(OnceKey key) {
        var name = String.join("\n", key.scope(), key.operation(), key.key());
        return new Once.Untraced(
                Buffer.buffer(vault.blindIndex("platform.untraced-key", name)),
                Buffer.buffer(vault.blindIndex(
                        "platform.untraced-request", HexFormat.of().formatHex(key.digest()))));
    }

    /** Whether this transaction holds the key; waits for nobody. */
    Future<Boolean> lock(Tx tx, Once.Untraced key) {
        return tx.find(LOCK, row -> row.getBoolean("locked"), key.seed()).map(Optional::orElseThrow);
    }

    Future<Optional<Answer>> find(Sql sql, OnceKey key) {
        return sql.run(FIND, key.scope(), key.operation(), key.key())
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : answer(rows.iterator().next()));
    }

    /** Stores the reply and gives it back with its bytes settled. */
    <T> Future<Reply<T>> save(Tx tx, OnceKey key, Reply<T> reply) {
        var settled = Reply.<T>rendered(reply.mediaType(), reply.headers(), reply.render());
        byte[] sealed = vault.seal(TABLE, COLUMN, key.row(), pack(settled));
        return tx.run(SAVE, key.scope(), key.operation(), key.key(), Buffer.buffer(key.digest()), Buffer.buffer(sealed))
                .map(settled);
    }

    <T> Reply<T> open(OnceKey key, Answer answer) {
        return unpack(vault.open(TABLE, COLUMN, key.row(), answer.sealed()));
    }

    private static Optional<Answer> answer(Row row) {
        var digest = row.getBuffer("digest");
        return digest == null
                ? Optional.empty()
                : Optional.of(
                        new Answer(digest.getBytes(), row.getBuffer("answer").getBytes()));
    }

    private static byte[] pack(Reply<?> reply) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            var mediaType = reply.mediaType();
            out.writeUTF(mediaType == null ? "" : mediaType);
            out.writeShort(reply.headers().size());
            for (Map.Entry<String, String> header : reply.headers()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            var body = reply.render();
            out.write(body == null ? new byte[0] : body.getBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> Reply<T> unpack(byte[] packed) {
        try (var in = new DataInputStream(new ByteArrayInputStream(packed))) {
            var mediaType = in.readUTF();
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                headers.add(Map.entry(in.readUTF(), in.readUTF()));
            }
            var body = Buffer.buffer(in.readAllBytes());
            return mediaType.isEmpty()
                    ? Reply.rendered(null, List.copyOf(headers), null)
                    : Reply.rendered(mediaType, List.copyOf(headers), body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
