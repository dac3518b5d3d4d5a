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
import io.anju.publication.Freezing.Source;
import io.anju.publication.Publication.Request;
import io.anju.publication.Publication.Runs;
import io.anju.waitinglist.Standing;
import io.anju.waitinglist.StandingService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one publication: derives the order, freezes it row by row, hashes the rows, signs.
 *
 * <p>All that is written is one transaction. A run that dies leaves nothing, and the next one begins anew.
 */
final class Publishing {
    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    private final Db db;
    private final Vertx vertx;
    private final Vault vault;
    private final PolicyService policies;
    private final StandingService standings;
    private final PublicationStore store;

    Publishing(
            Db db,
            Vertx vertx,
            Vault vault,
            PolicyService policies,
            StandingService standings,
            PublicationStore store) {
        this.db = db;
        this.vertx = vertx;
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
                                .compose(this::source)
                                .compose(source -> db.inTransaction(tx -> freeze(tx, request, source, hold, now))));
    }

    private Future<Source> source(Standing standing) {
        return policies.byDigest(db, standing.policyDigest())
                .map(policy -> SortKey.of(policy.order()))
                .compose(order -> Entries.read(db, vertx, store, standing.list(), standing.version())
                        .map(entries -> new Source(standing, order, entries)));
    }

    private Future<Void> freeze(Tx tx, Request request, Source source, Function<Tx, Future<Void>> hold, Instant now) {
        return store.lockList(tx, request.list())
                .compose(locked -> store.byId(tx, request.id()))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture()
                        : store.allowLongWork(tx, LONGEST_WORK.toMillis())
                                .compose(allowed -> write(tx, request, source, now))
                                .compose(written -> hold.apply(tx)));
    }

    private Future<Void> write(Tx tx, Request request, Source source, Instant now) {
        var standing = source.standing();
        return new Freezing(db, vertx, standings, store, request.id(), source)
                .write(tx)
                .compose(runs -> describe(tx, request, standing, source.order(), runs, now)
                        .compose(publication -> store.insert(tx, publication, runs)))
                .compose(inserted -> Audit.record(
                        tx, Caller.SYSTEM, "waiting-list.published", "publication", request.id(), request.period()))
                .compose(audited -> Outbox.append(
                        tx, "waiting-list.published", request.id(), "{\"total\":" + standing.total() + "}"));
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
