package io.anju.architecture.broken.sandbox;

/** Plays an outside party. */
public final class Player {
    private Player() {}

    public static int plays() {
        return 1;
    }
}
