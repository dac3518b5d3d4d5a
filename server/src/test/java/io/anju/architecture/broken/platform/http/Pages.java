package io.anju.architecture.broken.platform.http;

import io.anju.architecture.broken.platform.db.Rows;

/** The other half of the cycle. */
public final class Pages {
    private Pages() {}

    public static int count(int depth) {
        return depth == 0 ? 0 : Rows.count(depth - 1);
    }
}
