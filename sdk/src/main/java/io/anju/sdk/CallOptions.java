package io.anju.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may differ from call to call; anything not set keeps the client's own setting. */
public final class CallOptions {
    static final CallOptions NONE = new CallOptions(null, null, null);

    private final @Nullable String idempotencyKey;
    private final @Nullable String language;
    private final @Nullable Duration timeout;

    private CallOptions(@Nullable String idempotencyKey, @Nullable String language, @Nullable Duration timeout) {
        this.idempotencyKey = idempotencyKey;
        this.language = language;
        this.timeout = timeout;
    }

    public static CallOptions none() {
        return NONE;
    }

    /** 16 to 64 of {@code A-Za-z0-9_-}; the same key with the same request always gets the same answer. */
    public CallOptions idempotencyKey(String key) {
        return new CallOptions(key, language, timeout);
    }

    /** {@code zh-CN} or {@code en}, for the texts meant for people. */
    public CallOptions language(String tag) {
        return new CallOptions(idempotencyKey, tag, timeout);
    }

    /** For one try, not for all of them together. */
    public CallOptions timeout(Duration perTry) {
        return new CallOptions(idempotencyKey, language, perTry);
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    @Nullable
    String language() {
        return language;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }
}
