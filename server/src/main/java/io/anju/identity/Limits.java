package io.anju.identity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps guessing slow and costly things rare. Whom it counts is stored as a keyed fingerprint only. */
final class Limits {
    private final Vault vault;
    private final LimitStore store = new LimitStore();

    Limits(Vault vault) {
        this.vault = vault;
    }

    /** Collects what one act takes from. */
    final class Takings {
        private final List<LimitStore.Taking> takings = new ArrayList<>();

        Takings from(Budget budget, String subject) {
            takings.add(new LimitStore.Taking(budget, fingerprint("budget", subject)));
            return this;
        }

        /**
         * Takes one from each; refuses where one is used up. In a transaction the refusal gives everything back, on
         * its own the try counts.
         */
        Future<Void> take(Sql sql, Instant now) {
            return store.take(sql, takings, now).compose(taken -> {
                var over = taken.stream()
                        .filter(each -> each.used() > each.budget().limit())
                        .reduce((a, b) -> a.windowEnd().isAfter(b.windowEnd()) ? a : b);
                return over.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                later(over.get().budget().refusal(), over.get().windowEnd(), now));
            });
        }
    }

    Takings takings() {
        return new Takings();
    }

    /** Counts a log-in before its secret is looked at; refuses while the account waits for this address. */
    Future<Void> beginLogIn(Sql sql, String account, String address, Instant now) {
        var who = fingerprint("account", account);
        var whence = address(address);
        return store.beginLogIn(sql, who, whence, now).compose(allowed -> {
            if (allowed) {
                return Future.succeededFuture();
            }
            return store.blockedUntil(sql, who, whence)
                    .compose(until ->
                            Future.failedFuture(later(IdentityProblem.TOO_MANY_LOG_INS, until.orElse(now), now)));
        });
    }

    /** Forgets the failures before a log-in that succeeded. */
    Future<Void> succeed(Sql sql, String account, String address) {
        return store.succeed(sql, fingerprint("account", account), address(address));
    }

    /** Forgets what no longer counts. */
    Future<Void> purge(Sql sql, Instant now) {
        return store.purge(sql, now);
    }

    byte[] address(String address) {
        return fingerprint("address", NetworkAddress.subject(address));
    }

    private byte[] fingerprint(String what, String subject) {
        return vault.blindIndex("identity.limit." + what, subject);
    }

    private static Refusal later(IdentityProblem problem, Instant until, Instant now) {
        var wait = Math.max(1, Duration.between(now, until).plusMillis(999).toSeconds());
        return Refusal.of(problem, Map.of(Refusal.RETRY_AFTER_SECONDS, Long.toString(wait)));
    }
}
