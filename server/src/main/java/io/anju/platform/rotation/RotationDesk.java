package io.anju.platform.rotation;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.KeyChange;
import io.anju.platform.crypto.KeyEncryption;
import io.anju.platform.crypto.Suite;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an operator does about keys; needs the rights of the database's owner. The work itself is the servers'. */
public final class RotationDesk {
    private final Db owner;
    private final RotationStore store = new RotationStore();

    /** @param owner connected as the owner of the database */
    public RotationDesk(Db owner) {
        this.owner = owner;
    }

    /** Brings a new key, which seals from half a minute later on; fails where a rotation has not ended yet. */
    public Future<Rotation> begin(KeyEncryption encryption, Suite suite, Instant now) {
        var primaryFrom = now.plus(KeyRotation.KNOWN_BEFORE);
        return KeyChange.next(owner, encryption, suite, primaryFrom).compose(made -> {
            var key = made.key();
            var rotation = new Rotation(
                    Ids.next(now), key.version(), key.id(), suite, Rotation.State.RUNNING, now, primaryFrom);
            return owner.inTransaction(tx -> store.insert(tx, rotation)
                    .compose(isAlone -> require(isAlone, "a rotation has not ended yet; see rotate-keys status"))
                    .compose(alone -> made.store(tx))
                    .compose(stored -> require(stored, "another command has just added a key; try again"))
                    .compose(stored -> record(tx, "keys.rotation-begun", rotation.id(), suite.id()))
                    .map(rotation));
        });
    }

    /** Holds the work up; nothing is lost, and both keys stay good. */
    public Future<Void> stop() {
        return store.move(owner, Rotation.State.RUNNING, Rotation.State.STOPPED)
                .compose(moved -> require(moved, "no rotation runs"));
    }

    public Future<Void> resume() {
        return store.move(owner, Rotation.State.STOPPED, Rotation.State.RUNNING)
                .compose(moved -> require(moved, "no rotation was stopped"));
    }

    /** Seals the keys themselves anew; gives how many there are. */
    public Future<Integer> move(KeyEncryption from, KeyEncryption to) {
        return owner.inTransaction(tx -> KeyChange.move(tx, from, to)
                .compose(moved -> record(tx, "keys.moved", new UUID(0, 0), from.name() + " to " + to.name())
                        .map(moved)));
    }

    public Future<Optional<Progress>> progress() {
        return store.progress(owner);
    }

    private static Future<Void> record(Tx tx, String action, UUID subject, String reason) {
        return Audit.record(tx, Caller.SYSTEM, action, "keys", subject, reason);
    }

    private static Future<Void> require(boolean isSo, String otherwise) {
        return isSo ? Future.succeededFuture() : Future.failedFuture(new IllegalStateException(otherwise));
    }
}
