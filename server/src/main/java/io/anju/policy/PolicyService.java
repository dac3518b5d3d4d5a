package io.anju.policy;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rules in force, and the cities they belong to. */
public final class PolicyService {
    private final PolicyStore store = new PolicyStore();
    private final PolicyFolder folder;
    /** By digest: content never changes, so an entry is never stale. */
    private final Map<String, PolicyDocument> documents = new ConcurrentHashMap<>();

    public PolicyService(PolicyFolder folder) {
        this.folder = folder;
        folder.documents().forEach(document -> documents.put(document.digest(), document));
    }

    /**
     * Stores the folder's documents that the database does not have yet, all or none of them.
     *
     * <p>A document whose period the folder ends is ended in the database too. A document that differs from one of the
     * same version fails the load: what is in force is replaced by a new version, never edited.
     *
     * @return the number of new documents
     */
    public Future<Integer> load(Tx tx) {
        Future<Integer> stored = store.lockLoading(tx).map(0);
        for (var document : folder.documents()) {
            stored = stored.compose(count -> store(tx, document).map(isNew -> isNew ? count + 1 : count));
        }
        return stored;
    }

    private Future<Boolean> store(Tx tx, PolicyDocument document) {
        return store.findByDigest(tx, document.digest())
                .compose(stored -> stored.isPresent()
                        ? endStored(tx, document).map(false)
                        : insert(tx, document).map(true));
    }

    /** An end that is set already stays: it may be that of a successor which was approved here and is in no folder. */
    private Future<Void> endStored(Tx tx, PolicyDocument document) {
        var lastDay = document.effectiveTo();
        return lastDay == null ? Future.succeededFuture() : store.endPeriod(tx, document.digest(), lastDay);
    }

    private Future<Void> insert(Tx tx, PolicyDocument document) {
        return store.findConflict(tx, document)
                .compose(conflict -> conflict.isEmpty()
                        ? store.insert(tx, document)
                        : Future.failedFuture(conflict(document, conflict.get())));
    }

    private static IllegalStateException conflict(PolicyDocument document, String version) {
        return new IllegalStateException("policy " + document.cityCode() + "/" + document.programme() + "/"
                + document.version() + " from " + document.effectiveFrom() + " cannot come into force: version "
                + version + " is stored with other rules for the same name or days. Rules in force are never edited: "
                + "end the version in its own file and issue the new rules as a new version after it");
    }

    /** The rules for this programme on this day; refuses where the city has none. */
    public Future<PolicyDocument> inForce(Sql sql, String cityCode, String programme, LocalDate day) {
        return findInForce(sql, cityCode, programme, day)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : Refusal.failed(
                                PolicyProblem.NO_POLICY_IN_FORCE,
                                Map.of("city", cityCode, "programme", programme, "date", day.toString())));
    }

    /** As {@link #inForce}; refuses also where the rules set rents or subsidies but take no applications. */
    public Future<PolicyDocument> inForceForApplications(Sql sql, String cityCode, String programme, LocalDate day) {
        return inForce(sql, cityCode, programme, day)
                .compose(document -> document.takesApplications()
                        ? Future.succeededFuture(document)
                        : Refusal.failed(
                                PolicyProblem.TAKES_NO_APPLICATIONS, Map.of("city", cityCode, "programme", programme)));
    }

    /**
     * Refuses a programme that the city has never had rules for; one that has ended still has its leases.
     *
     * @param pointer the place in the request that names it
     */
    public Future<Void> requireKnown(Sql sql, String cityCode, String programme, String pointer) {
        return store.knows(sql, cityCode, programme)
                .compose(known -> known
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.at(pointer, PolicyProblem.PROGRAMME_UNKNOWN)));
    }

    /** The rules for this programme on this day, where the city has any. */
    public Future<Optional<PolicyDocument>> findInForce(Sql sql, String cityCode, String programme, LocalDate day) {
        return store.findInForce(sql, cityCode, programme, day).compose(found -> readFound(sql, found));
    }

    /** The rules that a decision names; they are there as long as the decision. */
    public Future<PolicyDocument> byDigest(Sql sql, String digest) {
        var known = documents.get(digest);
        return known != null
                ? Future.succeededFuture(known)
                : store.findByDigest(sql, digest).compose(found -> read(sql, found.orElseThrow(() -> unknown(digest))));
    }

    /** {@link #byDigest} of each of them. */
    public Future<Map<String, PolicyDocument>> byDigests(Sql sql, Set<String> digests) {
        var read = new HashMap<String, PolicyDocument>();
        Future<Void> done = Future.succeededFuture();
        for (var digest : digests) {
            done = done.compose(before -> byDigest(sql, digest)).map(document -> {
                read.put(digest, document);
                return null;
            });
        }
        return done.map(read);
    }

    /** Documents past, in force and coming, by city, programme and first day. */
    Future<List<PolicyDocument>> browse(Sql sql, PolicyFilter filter, @Nullable PolicyPlace after, int limit) {
        return store.browse(sql, filter, after, limit).compose(found -> readAll(sql, found));
    }

    /** A document that is, was, or comes into force, with its last day as it is set now. */
    Future<Optional<PolicyDocument>> find(Sql sql, String digest) {
        return store.findByDigest(sql, digest).compose(found -> readFound(sql, found));
    }

    private Future<Optional<PolicyDocument>> readFound(Sql sql, Optional<PolicyStore.InForce> found) {
        return found.isPresent() ? read(sql, found.get()).map(Optional::of) : Future.succeededFuture(Optional.empty());
    }

    /** The rules in force on this day, by city and programme; of all cities where none is named. */
    public Future<List<PolicyDocument>> list(Sql sql, @Nullable String cityCode, LocalDate day) {
        return store.listInForce(sql, cityCode, day).compose(found -> readAll(sql, found));
    }

    /** The city with its areas and agencies; refuses where this deployment does not serve it. */
    public City city(String cityCode) {
        return findCity(cityCode).orElseThrow(() -> Refusal.of(PolicyProblem.UNKNOWN_CITY, Map.of("city", cityCode)));
    }

    public Optional<City> findCity(String cityCode) {
        return folder.city(cityCode);
    }

    /** All cities of this deployment, by code. */
    public Collection<City> cities() {
        return folder.cities();
    }

    private Future<List<PolicyDocument>> readAll(Sql sql, List<PolicyStore.InForce> rows) {
        return Future.all(rows.stream().map(row -> read(sql, row)).toList()).map(all -> all.list());
    }

    private Future<PolicyDocument> read(Sql sql, PolicyStore.InForce row) {
        var known = documents.get(row.digest());
        var content = known != null
                ? Future.succeededFuture(known)
                : store.findContent(sql, row.digest())
                        .map(text -> remember(row.digest(), text.orElseThrow(() -> unknown(row.digest()))));
        return content.map(document -> document.until(row.effectiveTo()));
    }

    private PolicyDocument remember(String digest, String content) {
        return documents.computeIfAbsent(digest, key -> DocumentReader.readStored(digest, content));
    }

    private static IllegalStateException unknown(String digest) {
        return new IllegalStateException("no policy document has the digest " + digest);
    }
}
