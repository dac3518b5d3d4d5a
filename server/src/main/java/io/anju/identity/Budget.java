package io.anju.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How often something costly may be done in a window of time, exactly, over all instances.
 *
 * <p>The names' order is the order in which rows are locked; the one that everybody shares comes last and is held
 * shortest.
 */
enum Budget {
    BINDING_PER_DAY(10, Duration.ofDays(1), IdentityProblem.TOO_MANY_BINDINGS),
    /** Many people share one address behind a carrier's or an office's translation. */
    CODE_FROM_ADDRESS_PER_HOUR(60, Duration.ofHours(1), IdentityProblem.TOO_MANY_CODES),
    /** One installation of the app, over whatever addresses it comes by. */
    CODE_FROM_DEVICE_PER_HOUR(12, Duration.ofHours(1), IdentityProblem.TOO_MANY_CODES),
    /** From where the number has logged in before: what strangers spend does not count here. */
    CODE_TO_KNOWN_PER_DAY(10, Duration.ofDays(1), IdentityProblem.TOO_MANY_CODES),
    CODE_TO_KNOWN_PER_MINUTE(1, Duration.ofMinutes(1), IdentityProblem.TOO_MANY_CODES),
    CODE_TO_NUMBER_PER_DAY(10, Duration.ofDays(1), IdentityProblem.TOO_MANY_CODES),
    CODE_TO_NUMBER_PER_HOUR(5, Duration.ofHours(1), IdentityProblem.TOO_MANY_CODES),
    CODE_TO_NUMBER_PER_MINUTE(1, Duration.ofMinutes(1), IdentityProblem.TOO_MANY_CODES),
    CODE_TOTAL_PER_HOUR(20_000, Duration.ofHours(1), IdentityProblem.TOO_MANY_CODES),
    /** Copies of one's own data: costly to make, and worth much to whoever steals a phone. */
    DATA_REQUESTS_PER_DAY(3, Duration.ofDays(1), IdentityProblem.TOO_MANY_DATA_REQUESTS),
    /** Guesses at codes of 80 bits are hopeless; this keeps them from being tried at all. */
    PROXY_CODES_PER_DAY(10, Duration.ofDays(1), IdentityProblem.TOO_MANY_PROXY_CODES),
    /** A token lives for minutes: a program that keeps it needs a few in an hour. */
    PARTNER_TOKENS_PER_HOUR(600, Duration.ofHours(1), IdentityProblem.TOO_MANY_LOG_INS),
    /** An access token lives for minutes: an app that keeps it renews it a few times in an hour. */
    RENEWALS_PER_HOUR(60, Duration.ofHours(1), IdentityProblem.TOO_MANY_LOG_INS),
    /** Counted for whoever gave the right password: no stranger uses this up. */
    TOTP_PER_HOUR(30, Duration.ofHours(1), IdentityProblem.TOO_MANY_LOG_INS);

    private final int limit;
    private final Duration window;
    private final IdentityProblem refusal;

    Budget(int limit, Duration window, IdentityProblem refusal) {
        this.limit = limit;
        this.window = window;
        this.refusal = refusal;
    }

    /** As in the database. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Budget of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    int limit() {
        return limit;
    }

    IdentityProblem refusal() {
        return refusal;
    }

    /** The start of the window that this instant lies in. */
    Instant windowStart(Instant now) {
        var seconds = window.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
    }

    Instant windowEnd(Instant now) {
        return windowStart(now).plus(window);
    }
}
