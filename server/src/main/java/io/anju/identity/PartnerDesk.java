package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does about partners' programs. Whatever takes something away ends the program's sessions, of which
 * every instance learns at once; the next token then says what is still allowed.
 */
public final class PartnerDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerDesk.class);
    private static final int SHORTEST_SECRET = 32;
    /** In which a program changes over from one secret to the next. */
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    /** How long before its end a key is warned about. */
    private static final Duration WARN_BEFORE = Duration.ofDays(30);

    private final Db db;
    private final Sessions sessions;
    private final OfficialStore officials = new OfficialStore();
    private final PartnerStore store = new PartnerStore();
    private final PartnerKeyStore keys = new PartnerKeyStore();
    private final AtomicInteger endingKeys = new AtomicInteger();

    PartnerDesk(Db db, Sessions sessions) {
        this.db = db;
        this.sessions = sessions;
        Metrics.gauge("anju.partner.keys.ending", endingKeys);
    }

    /** Makes an account for a program that proves who it is with a secret; refuses a client id that is taken. */
    public Future<Partner> create(Partner partner, String secret, Instant now) {
        partner.networks().forEach(Network::parse);
        return db.inTransaction(tx -> insert(tx, partner, hash(secret), now)).map(partner);
    }

    /** As above, for a program that signs with a key of its own. */
    public Future<Partner> create(Partner partner, PartnerKey key, Instant keyExpiresAt, Instant now) {
        partner.networks().forEach(Network::parse);
        return db.inTransaction(tx -> insert(tx, partner, null, now)
                        .compose(done -> keys.insert(tx, partner.id(), key, now, keyExpiresAt)))
                .map(partner);
    }

    private Future<Void> insert(Tx tx, Partner partner, byte @Nullable [] secretHash, Instant now) {
        return officials
                .insertPartner(tx, partner, secretHash, now)
                .compose(done -> record(tx, "created", partner.id(), null));
    }

    private static byte[] hash(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST_SECRET + " characters");
        }
        return Secrets.hash(secret);
    }

    /** Adds a key beside those that a program has, so that it can change over without a pause. */
    public Future<Void> addKey(String clientId, PartnerKey key, Instant expiresAt, Instant now) {
        return db.inTransaction(tx -> id(tx, clientId)
                .compose(id -> keys.insert(tx, id, key, now, expiresAt)
                        .compose(done -> record(tx, "key-added", id, key.kid()))));
    }

    /** Ends a key before its time, and every token that a program has; with its other keys it gets new ones. */
    public Future<Void> endKey(String clientId, String kid, Instant now) {
        return change(
                clientId,
                now,
                "key-ended",
                kid,
                (tx, id) -> store.endKey(tx, id, kid, now)
                        .map(ended -> require(ended, "no key " + kid + " of " + clientId + " is good")));
    }

    /** Disables a program or lets it in again; what it may do goes at once, on every instance. */
    public Future<Void> setEnabled(String clientId, boolean isEnabled, String reason, Instant now) {
        var action = isEnabled ? "enabled" : "disabled";
        return change(clientId, now, action, reason, (tx, id) -> store.setEnabled(tx, id, isEnabled));
    }

    /** From where a program may come from now on; none: from anywhere. */
    public Future<Void> setNetworks(String clientId, List<String> networks, Instant now) {
        networks.forEach(Network::parse);
        return change(clientId, now, "networks-set", null, (tx, id) -> store.setNetworks(tx, id, networks));
    }

    public Future<Void> setTerms(String clientId, Partner.Terms terms, Instant now) {
        return change(clientId, now, "terms-set", terms.purpose(), (tx, id) -> store.setTerms(tx, id, terms));
    }

    /** Gives a program a new secret; the one before stays good for so long. */
    public Future<Void> replaceSecret(String clientId, String secret, Duration overlap, Instant now) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("two secrets are good for 30 days at most");
        }
        return db.inTransaction(tx -> id(tx, clientId)
                .compose(id -> store.replaceSecret(tx, id, hash(secret), now.plus(overlap))
                        .compose(done -> record(tx, "secret-replaced", id, null))));
    }

    /** All keys that are good, those that end first in front. */
    Future<List<PartnerStore.GoodKey>> goodKeys(Instant now) {
        return store.goodKeys(db, now);
    }

    /** Says which keys end soon: in the log, and as a number for whoever watches. */
    Future<Void> warn(Instant now) {
        return goodKeys(now)
                .map(all -> all.stream()
                        .filter(key -> key.expiresAt().isBefore(now.plus(WARN_BEFORE)))
                        .toList())
                .onSuccess(ending -> {
                    endingKeys.set(ending.size());
                    ending.forEach(key -> LOG.warn(
                            "The key {} of the program {} ends at {}; see add-partner-key",
                            key.kid(),
                            key.clientId(),
                            key.expiresAt()));
                })
                .mapEmpty();
    }

    private interface Change {
        Future<Void> of(Tx tx, UUID partnerId);
    }

    private Future<Void> change(String clientId, Instant now, String action, @Nullable String reason, Change change) {
        return db.inTransaction(tx -> id(tx, clientId)
                        .compose(id -> change.of(tx, id)
                                .compose(done -> sessions.endAll(tx, Audience.PARTNER, id, null, now, "disabled"))
                                .compose(ended -> record(tx, action, id, reason).map(ended))))
                .onSuccess(ended -> ended.forEach(sessions::forget))
                .mapEmpty();
    }

    private Future<UUID> id(Tx tx, String clientId) {
        return store.findId(tx, clientId)
                .map(found -> found.orElseThrow(() -> new IllegalArgumentException("no such client id: " + clientId)));
    }

    private static Future<Void> record(Tx tx, String action, UUID id, @Nullable String reason) {
        return Audit.record(tx, Caller.SYSTEM, "partner." + action, "partner", id, reason);
    }

    private static @Nullable Void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalArgumentException(otherwise);
        }
        return null;
    }
}
