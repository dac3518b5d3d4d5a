package io.anju.testing;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody who logs in again whenever time has gone on: tokens live for minutes, cases for weeks. */
public final class LogIn {
    private final Anju anju;
    private final Supplier<String> logIn;
    private @Nullable Instant at;
    private String token = "";

    LogIn(Anju anju, Supplier<String> logIn) {
        this.anju = anju;
        this.logIn = logIn;
    }

    /** An access token that is good now. */
    public synchronized String token() {
        var now = anju.clock().instant();
        if (!now.equals(at)) {
            token = logIn.get();
            at = now;
        }
        return token;
    }
}
