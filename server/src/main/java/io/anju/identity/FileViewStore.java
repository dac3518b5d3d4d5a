package io.anju.identity;

import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of what offices opened, whichever room keeps them. */
final class FileViewStore {
    private FileViewStore() {}

    static Future<List<FileView>> byOffices(
            Sql sql, String statement, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(statement, FileViewStore::byOffice, residentId, before, limit);
    }

    private static FileView byOffice(Row row) {
        return new FileView(
                row.getUUID("id"),
                instant(row, "at"),
                FileView.Viewer.OFFICE,
                row.getString("office"),
                row.getString("reason"),
                row.getUUID("application_id"));
    }
}
