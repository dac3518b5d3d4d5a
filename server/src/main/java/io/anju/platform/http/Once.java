package io.anju.platform.http;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Retained;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the effect of an unsafe operation at most once for its {@code Idempotency-Key}.
 *
 * <p>Every write begins here: the key, the effect and the answer are one transaction, so a process that dies between
 * commit and answer gives the very same bytes when it is asked again. A refusal rolls everything back and stores
 * nothing: a corrected request may use the same key only if it is the same request.
 */
public final class Once {
    private final Db db;
    private final OnceStore store;

    public Once(Db db, Vault vault) {
        this.db = db;
        this.store = new OnceStore(vault);
    }

    /** Stored answers, which are kept as long as what they tell of may be asked about. */
    public static List<Retained> retained() {
        return List.of(
                new Retained("answers", OnceRetentionStore::count, OnceRetentionStore::erase),
                new Retained("answers-with-tokens", OnceRetentionStore::countTokens, OnceRetentionStore::eraseTokens));
    }

    /** Forgets what this caller was ever answered; for an account that is erased. */
    public static Future<Void> forget(Tx tx, KnownCaller caller) {
        return OnceRetentionStore.forget(tx, caller.kind().name() + ':' + caller.id());
    }

    /** As {@link #forget}, of what a proxy was answered in a resident's name. */
    public static Future<Void> forgetMandate(Tx tx, UUID mandate) {
        return OnceRetentionStore.forget(tx, OnceKey.scopeOfMandate(mandate));
    }

    /**
     * Gives the stored answer of this request, or runs the effect and stores its answer.
     *
     * <p>Refuses with {@code idempotency-key-reused} where the key belongs to another request and with {@code
     * request-in-progress} where the same one is still running. The reply that comes back is settled: its body can
     * no longer be read or changed.
     */
    public <T> Future<Reply<T>> run(Request request, Function<Tx, Future<Reply<T>>> effect) {
        var key = OnceKey.of(request);
        request.markPassedOnce();
        return db.inTransaction(tx -> store.begin(tx, key).compose(begun -> {
            if (!begun.locked()) {
                return Refusal.failed(PlatformProblem.REQUEST_IN_PROGRESS);
            }
            return begun.answer().isPresent()
                    ? replay(key, begun.answer().get())
                    : effect.apply(tx).compose(reply -> store.save(tx, key, reply));
        }));
    }

    /**
     * As {@link #run(Request, Function)}, for an effect that first needs something from outside: {@code prepare} may
     * call over the network, and is left out where the answer is already stored.
     */
    public <P, T> Future<Reply<T>> run(
            Request request, Supplier<Future<P>> prepare, BiFunction<Tx, P, Future<Reply<T>>> effect) {
        var key = OnceKey.of(request);
        request.markPassedOnce();
        return store.find(db, key)
                .compose(answer -> answer.isPresent()
                        ? replay(key, answer.get())
                        : prepare.get().compose(prepared -> run(request, tx -> effect.apply(tx, prepared))));
    }

    /**
     * Runs an effect whose own rows say that it took place, because a stored answer would say when: nothing is kept here.
     * The effect finds what it did for the same key before by {@link Untraced#seed}, and answers the same again.
     */
    public <T> Future<Reply<T>> untraced(Request request, BiFunction<Tx, Untraced, Future<Reply<T>>> effect) {
        var key = untraced(request);
        return db.inTransaction(tx -> store.lock(tx, key)
                .compose(locked ->
                        locked ? effect.apply(tx, key) : Refusal.failed(PlatformProblem.REQUEST_IN_PROGRESS)));
    }

    /** What {@link #untraced(Request, BiFunction)} will give the effect, for what has to be done before. */
    public Untraced untraced(Request request) {
        var key = OnceKey.of(request);
        request.markPassedOnce();
        return store.untraced(key);
    }

    /**
     * A request that leaves no row of its own.
     *
     * @param seed 32 bytes that only this key gives, and nobody without the server's key can compute
     * @param digest keyed fingerprint of everything that the effect may depend on
     */
    public record Untraced(Buffer seed, Buffer digest) {}

    private <T> Future<Reply<T>> replay(OnceKey key, OnceStore.Answer answer) {
        if (!Arrays.equals(answer.digest(), key.digest())) {
            return Refusal.failed(PlatformProblem.IDEMPOTENCY_KEY_REUSED);
        }
        return Future.succeededFuture(store.open(key, answer));
    }
}
