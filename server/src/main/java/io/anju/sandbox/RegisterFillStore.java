package io.anju.sandbox;

import io.anju.platform.db.Db;

/** The numbers of the facts that a {@link RegisterFill} writes. */
final class RegisterFillStore {
    private RegisterFillStore() {}

    private static final String BEGIN = """
            INSERT INTO waitinglist.list AS l (city_code, programme, version)
            VALUES ($1, $2, $3)
            ON CONFLICT (city_code, programme) DO UPDATE SET version = l.version + $3
            RETURNING l.version - $3 AS before
            """;

    /** Takes so many numbers of a list; gives the one before the first. Blocks. */
    static long reserve(Db db, String cityCode, String programme, int numbers) {
        return db.find(BEGIN, row -> row.getLong("before"), cityCode, programme, (long) numbers)
                .await()
                .orElseThrow();
    }
}
