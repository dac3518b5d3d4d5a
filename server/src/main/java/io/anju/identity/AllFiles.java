package io.anju.identity;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of all domains as one. */
public final class AllFiles implements ResidentFiles {
    private final List<ResidentFiles> parts;

    public AllFiles(List<ResidentFiles> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public Set<String> tables() {
        var tables = new TreeSet<String>();
        parts.forEach(part -> tables.addAll(part.tables()));
        return tables;
    }

    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return each(part -> part.handOver(tx, from, to, now).map(List::of))
                .map(moved -> moved.stream().allMatch(all -> all));
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return each(part -> part.export(sql, owner));
    }

    @Override
    public Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return each(part -> part.views(sql, residentId, before, limit))
                .map(found -> found.stream()
                        .sorted(Comparator.comparing(
                                        (FileView view) -> view.id().toString())
                                .reversed())
                        .limit(limit)
                        .toList());
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return each(part -> part.goingOn(tx, residentId));
    }

    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return each(part -> part.erase(tx, residentId, now).map(List.of())).mapEmpty();
    }

    @Override
    public Map<String, String> kept() {
        var kept = new TreeMap<String, String>();
        parts.forEach(part -> kept.putAll(part.kept()));
        return kept;
    }

    /** One after the other: in a transaction they share one connection, and rows are locked in one order. */
    private <T> Future<List<T>> each(Function<ResidentFiles, Future<List<T>>> ask) {
        Future<List<T>> all = Future.succeededFuture(new ArrayList<>());
        for (var part : parts) {
            all = all.compose(found -> ask.apply(part).map(more -> {
                found.addAll(more);
                return found;
            }));
        }
        return all.map(List::copyOf);
    }
}
