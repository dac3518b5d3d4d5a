package io.anju.publication;

import static io.anju.publication.Publication.HEX;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Tree;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Outbox;
import io.anju.policy.PolicyService;
import io.anju.publication.Publication.Request;
import io.anju.publication.Publication.Runs;
import io.anju.waitinglist.Standing;
import io.anju.waitinglist.StandingService;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one publication: derives the order, freezes it row by row in one statement, hashes the rows, signs.
 *
 * <p>All of it is one transaction. A run that dies leaves nothing, and the next one begins anew.
 */
final class Publishing {
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(10);
    /** Rows whose hashes are read at once: two megabytes of them, whatever the list's length. */
    private static final int ROWS_AT_ONCE = 64 * Runs.ROWS;

    private final Db db;
    private final Vault vault;
    private final PolicyService policies;
    private final StandingService standings;
    private final PublicationStore store;

    Publishing(Db db, Vault vault, PolicyService policies, StandingService standings, PublicationStore store) {
        this.db = db;
        this.vault = vault;
        this.policies = policies;
        this.standings = standings;
        this.store = store;
    }

    /**
     * Publishes what was asked for, unless it is there already.
     *
     * @param hold makes sure, last of all, that this run still is the one that should do it
     */
    Future<Void> publish(Request request, Function<Tx, Future<Void>> hold, Instant now) {
        return store.byId(db, request.id())
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture()
                        : standings
                                .current(request.list(), now)
                                .compose(standing -> db.inTransaction(tx -> freeze(tx, request, standing, hold, now))));
    }

    private Future<Void> freeze(
            Tx tx, Request request, Standing standing, Function<Tx, Future<Void>> hold, Instant now) {
        return store.lockList(tx, request.list())
                .compose(locked -> store.byId(tx, request.id()))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture()
                        : store.allowLongStatements(tx, STATEMENT_LIMIT.toMillis())
                                .compose(allowed -> write(tx, request, standing, now))
                                .compose(written -> hold.apply(tx)));
    }

    private Future<Void> write(Tx tx, Request request, Standing standing, Instant now) {
        return policies.byDigest(tx, standing.policyDigest())
                .map(policy -> SortKey.of(policy.order()))
                .compose(order -> store.freeze(tx, request.id(), standing.id(), seed(order))
                        .compose(rows -> requireAll(standing, rows))
                        .compose(total -> runs(tx, request.id(), total, 0, new ByteArrayOutputStream()))
                        .compose(runs -> describe(tx, request, standing, order, runs, now)
                                .compose(publication -> store.insert(tx, publication, runs))))
                .compose(inserted -> Audit.record(
                        tx, Caller.SYSTEM, "waiting-list.published", "publication", request.id(), request.period()))
                .compose(audited -> Outbox.append(
                        tx, "waiting-list.published", request.id(), "{\"total\":" + standing.total() + "}"));
    }

    private static @Nullable String seed(List<SortKey> order) {
        return order.stream()
                .map(SortKey::seed)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Future<Integer> requireAll(Standing standing, int rows) {
        return rows == standing.total()
                ? Future.succeededFuture(rows)
                : Future.failedFuture(new IllegalStateException(
                        rows + " rows for the " + standing.total() + " households of standing " + standing.id()));
    }

    private Future<Runs> runs(Tx tx, UUID id, int total, int after, ByteArrayOutputStream sofar) {
        if (after >= total) {
            return Future.succeededFuture(new Runs(sofar.toByteArray()));
        }
        int upTo = (int) Math.min((long) after + ROWS_AT_ONCE, total);
        return store.leaves(tx, id, after, upTo).compose(runs -> {
            runs.forEach(leaves -> sofar.writeBytes(Tree.root(Runs.split(leaves))));
            return runs(tx, id, total, upTo, sofar);
        });
    }

    private Future<Publication> describe(
            Tx tx, Request request, Standing standing, List<SortKey> order, Runs runs, Instant now) {
        var districts = standings.districtTotals(tx, standing.id());
        var previous = store.list(tx, request.list(), null, 1);
        return Future.all(districts, previous)
                .map(read -> new Described(
                        order, districts.result(), previous.result().stream().findFirst()))
                .map(known -> signed(request, standing, known, HEX.formatHex(Tree.root(runs.list())), now));
    }

    private record Described(List<SortKey> order, Map<String, Integer> districts, Optional<Publication> previous) {
        private List<Statement.District> listed() {
            return districts.entrySet().stream()
                    .map(entry -> new Statement.District(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private @Nullable String previousRoot() {
            return previous.map(Publication::root).orElse(null);
        }
    }

    private Publication signed(Request request, Standing standing, Described known, String root, Instant now) {
        var keyId = vault.signingKeyId();
        var publicKey = HEX.formatHex(vault.publicKey(keyId));
        var statement = new Statement(
                        Statement.FORMAT,
                        request.id().toString(),
                        request.list().cityCode(),
                        request.list().programme(),
                        request.period(),
                        request.reason(),
                        standing.asOf().toString(),
                        standing.derivedAt().toString(),
                        now.toString(),
                        standing.version(),
                        standing.policyDigest(),
                        standing.total(),
                        known.listed(),
                        Column.labels(),
                        known.order(),
                        root,
                        known.previousRoot(),
                        new Statement.SigningKey(keyId, publicKey))
                .text();
        var signature = vault.sign(statement.getBytes(StandardCharsets.UTF_8));
        return new Publication(
                request.id(),
                request.list(),
                request.period(),
                standing.asOf(),
                now,
                standing.policyDigest(),
                standing.total(),
                root,
                statement,
                keyId,
                publicKey,
                HEX.formatHex(signature.value()));
    }
}
