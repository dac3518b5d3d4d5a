package io.anju.architecture.broken.application;

/** Somebody else's store, which {@code ReviewService} uses. */
public final class ApplicationStore {
    private ApplicationStore() {}

    public static int count() {
        return 1;
    }
}
