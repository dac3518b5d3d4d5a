package io.anju.architecture.broken.platform.db;

import io.anju.architecture.broken.platform.http.Pages;

/** One half of a cycle inside the platform. */
public final class Rows {
    private Rows() {}

    public static int count(int depth) {
        return depth == 0 ? 0 : Pages.count(depth - 1);
    }
}
