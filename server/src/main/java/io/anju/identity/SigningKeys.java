package io.anju.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys that access tokens are signed with: in the database, the private half sealed, shared by all instances.
 *
 * <p>A new key is published before it signs, and trusted until the last token signed with it has expired, so that no
 * instance and no partner meets a key it cannot know.
 */
final class SigningKeys {
    /** How long a new key is published before it signs; instances and partners look more often than this. */
    static final Duration NOTICE = Duration.ofMinutes(5);

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration ROTATION = Duration.ofDays(90);
    /** Forged key ids make us look this often in a second at most. */
    private static final int LOOKS_PER_SECOND = 8;

    private final Db db;
    private final Vault vault;
    private final SigningKeyStore store = new SigningKeyStore();
    private volatile List<Key> keys = List.of();
    private final AtomicLong questions = new AtomicLong();
    private long answered;
    private final AtomicLong lookSecond = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    SigningKeys(Db db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** One key with both halves. */
    private record Key(
            ECKey jwk,
            JWSSigner signer,
            ECPublicKey publicKey,
            Instant signsFrom,
            @Nullable Instant until) {
        boolean isTrusted(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    /** A key to sign with now. */
    record Signing(String id, JWSSigner signer) {}

    /** A key whose signatures count. */
    record Trusted(ECPublicKey publicKey) {}

    /** Makes the first key where there is none yet, and reads the keys; before the first request. */
    Future<Void> start(Instant now) {
        return db.inTransaction(tx -> store.lock(tx)
                        .compose(locked -> store.count(tx))
                        .compose(count -> count > 0 ? Future.succeededFuture() : insert(tx, now, now)))
                .compose(done -> reload());
    }

    /** Reads the keys again; of two readings that overtake each other the later question counts. */
    Future<Void> reload() {
        var question = questions.incrementAndGet();
        return store.list(db)
                .map(rows -> rows.stream().map(this::open).toList())
                .onSuccess(read -> take(question, read))
                .mapEmpty();
    }

    /** Replaces the newest key when it has served its time; safe to call from every instance. */
    Future<Void> rotateWhenDue(Instant now) {
        return db.inTransaction(tx -> store.lock(tx)
                        .compose(locked -> store.newest(tx))
                        .compose(newest ->
                                newest.plus(ROTATION).isAfter(now) ? Future.succeededFuture() : rotate(tx, now)))
                .compose(done -> reload());
    }

    /** Publishes a new key that signs from {@link #NOTICE} on, and sets the end of trust in the older ones. */
    Future<Void> rotate(Tx tx, Instant now) {
        var signsFrom = now.plus(NOTICE);
        var trustedUntil = signsFrom.plus(AccessTokens.LIFETIME).plus(MARGIN);
        return store.endTrust(tx, trustedUntil)
                .compose(done -> store.forget(tx, now))
                .compose(done -> insert(tx, now, signsFrom));
    }

    /** The newest key that may sign now and is trusted for as long as what it signs. */
    Signing signingKey(Instant now) {
        var expiry = now.plus(AccessTokens.LIFETIME);
        return keys.stream()
                .filter(key -> !now.isBefore(key.signsFrom()) && key.isTrusted(expiry))
                .findFirst()
                .map(key -> new Signing(key.jwk().getKeyID(), key.signer()))
                .orElseThrow(() -> new IllegalStateException("no signing key"));
    }

    /** Finds a key by its id; one that another instance has just made is looked up before it is called unknown. */
    Future<Optional<Trusted>> trustedKey(String id, Instant now) {
        var known = find(id, now);
        if (known.isPresent() || !mayLook()) {
            return Future.succeededFuture(known);
        }
        return reload().map(done -> find(id, now));
    }

    /** The public halves of all keys that may be met now, the newest first. */
    List<ECKey> publicKeys(Instant now) {
        return keys.stream()
                .filter(key -> key.isTrusted(now))
                .map(key -> key.jwk().toPublicJWK())
                .toList();
    }

    private synchronized void take(long question, List<Key> read) {
        if (question > answered) {
            answered = question;
            keys = read;
        }
    }

    private boolean mayLook() {
        var second = System.nanoTime() / 1_000_000_000L;
        if (lookSecond.getAndSet(second) != second) {
            looks.set(0);
        }
        return looks.incrementAndGet() <= LOOKS_PER_SECOND;
    }

    private Optional<Trusted> find(String id, Instant now) {
        return keys.stream()
                .filter(key -> id.equals(key.jwk().getKeyID()) && key.isTrusted(now))
                .findFirst()
                .map(key -> new Trusted(key.publicKey()));
    }

    private Future<Void> insert(Tx tx, Instant now, Instant signsFrom) {
        var id = Ids.next(now);
        try {
            var jwk = new ECKeyGenerator(Curve.P_256)
                    .keyID(id.toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                    .generate();
            return store.insert(tx, id, jwk.toPublicJWK().toJSONString(), seal(id, jwk.toJSONString()), now, signsFrom);
        } catch (JOSEException e) {
            return Future.failedFuture(e);
        }
    }

    private Key open(SigningKeyStore.KeyRow row) {
        try {
            var jwk = ECKey.parse(
                    vault.openText(SigningKeyStore.TABLE, SigningKeyStore.PRIVATE, row.id(), row.sealedPrivate()));
            return new Key(
                    jwk,
                    new ECDSASigner(jwk),
                    jwk.toECPublicKey(),
                    row.signsFrom(),
                    row.trustedUntil().orElse(null));
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("signing key " + row.id() + " does not open", e);
        }
    }

    private byte[] seal(UUID id, String privateJwk) {
        return vault.sealText(SigningKeyStore.TABLE, SigningKeyStore.PRIVATE, id, privateJwk);
    }
}
