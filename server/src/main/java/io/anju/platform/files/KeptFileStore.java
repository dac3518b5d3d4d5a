package io.anju.platform.files;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of a schema's {@code attachment}, and of its {@code loose_file}: bytes in the file store that none of them names. */
final class KeptFileStore {
    private final Sql sql;
    private final String insert;
    private final String list;
    private final String delete;
    private final String listIds;
    private final String fileKey;

    /** @param schema a name of ours, never input */
    KeptFileStore(Sql sql, String schema) {
        this.sql = sql;
        this.insert = "INSERT INTO " + schema + ".loose_file (file_key, since) VALUES ($1, $2)";
        this.list = "SELECT file_key FROM " + schema + ".loose_file WHERE since < $1 ORDER BY since LIMIT $2";
        this.delete = "DELETE FROM " + schema + ".loose_file WHERE file_key = $1";
        this.listIds = "SELECT id FROM " + schema
                + ".attachment WHERE ($1::uuid IS NULL OR id > $1) AND uploaded_at >= $2 ORDER BY id LIMIT $3";
        this.fileKey = "SELECT file_key FROM " + schema + ".attachment WHERE id = $1";
    }

    /** Of all that are named, in the order of their ids. */
    Future<List<UUID>> listIds(@Nullable UUID after, Instant since, int limit) {
        return sql.list(listIds, row -> row.getUUID("id"), after, at(since), limit);
    }

    Future<Optional<String>> fileKey(UUID id) {
        return sql.find(fileKey, row -> row.getString("file_key"), id);
    }

    Future<Void> note(String fileKey, Instant now) {
        return sql.execute(insert, fileKey, at(now)).mapEmpty();
    }

    Future<List<String>> listNotedBefore(Instant before, int limit) {
        return sql.list(list, row -> row.getString("file_key"), at(before), limit);
    }

    Future<Void> forget(String fileKey) {
        return sql.execute(delete, fileKey).mapEmpty();
    }
}
