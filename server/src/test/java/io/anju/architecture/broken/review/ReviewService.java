package io.anju.architecture.broken.review;

import io.anju.architecture.broken.application.ApplicationStore;
import io.anju.architecture.broken.sandbox.Player;
import io.vertx.sqlclient.Tuple;

/** Reaches into another room and to the players, holds SQL outside a store, and counts in floating point. */
public final class ReviewService {
    private ReviewService() {}

    public static double cases() {
        return ApplicationStore.count() + Tuple.of(1).size() + Player.plays();
    }
}
