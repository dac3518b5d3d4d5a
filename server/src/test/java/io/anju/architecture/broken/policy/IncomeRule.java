package io.anju.architecture.broken.policy;

import io.vertx.core.Future;

/** A rule that waits. */
public final class IncomeRule {
    private IncomeRule() {}

    public static Future<Boolean> holds() {
        return Future.succeededFuture(true);
    }
}
