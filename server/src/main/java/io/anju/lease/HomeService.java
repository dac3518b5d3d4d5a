package io.anju.lease;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The register of homes. */
public final class HomeService {
    private static final int AT_ONCE = 5_000;

    private final Vertx vertx;
    private final Db db;
    private final HomeStore store = new HomeStore();

    public HomeService(Vertx vertx, Db db) {
        this.vertx = vertx;
        this.db = db;
    }

    /** What an import entered. */
    record Imported(int rowsRead, int added, int known, int estates) {}

    /** Reads a file of homes in worker code; refuses it with every fault. */
    Future<HomeFile> read(Buffer file) {
        return vertx.executeBlocking(() -> HomeFile.check(file), false);
    }

    /** Reads a file of homes and enters them, beside the operations. */
    public Future<Void> importFile(CityCaller caller, Buffer file, Instant now) {
        return read(file)
                .compose(checked -> db.inTransaction(tx -> enter(tx, caller, checked, now)))
                .mapEmpty();
    }

    /** Enters all of them into the register of the caller's city, or none. */
    Future<Imported> enter(Tx tx, CityCaller caller, HomeFile file, Instant now) {
        var cityCode = caller.office().cityCode();
        var estates = file.estates();
        var rates = List.copyOf(file.rates());
        return store.upsertEstates(tx, cityCode, List.copyOf(estates.values()), now)
                .compose(written -> store.endRates(tx, cityCode, rates, Shanghai.date(now)))
                .compose(ended -> store.insertRates(tx, cityCode, rates))
                .compose(written -> vertx.executeBlocking(file::pages, false))
                .compose(pages -> enterHomes(tx, cityCode, pages, 0, now))
                .map(added -> new Imported(file.rows(), added, file.rows() - added, estates.size()))
                .compose(done -> record(tx, caller, done, now));
    }

    private Future<Integer> enterHomes(Tx tx, String cityCode, HomeFile.Pages pages, int added, Instant now) {
        return vertx.executeBlocking(() -> pages.next(AT_ONCE), false)
                .compose(page -> page.isEmpty()
                        ? Future.succeededFuture(added)
                        : store.upsertHomes(tx, cityCode, page, now)
                                .compose(more -> enterHomes(tx, cityCode, pages, added + more, now)));
    }

    private static Future<Imported> record(Tx tx, Caller caller, Imported done, Instant now) {
        var id = Ids.next(now);
        return Audit.record(tx, caller, "homes.imported", "home-import", id, Integer.toString(done.rowsRead()))
                .compose(audited -> Outbox.append(tx, "homes.imported", id, "{\"homesAdded\":" + done.added() + "}"))
                .map(done);
    }

    /** The first homes of the caller's city that nobody rents. */
    public Future<List<Home>> vacant(CityCaller caller, LocalDate today, int limit) {
        return list(caller, today, null, true, null, limit)
                .map(found -> found.stream().map(HomeStore.Listed::home).toList());
    }

    /** Homes of the caller's city in their order, after a place of it. */
    Future<List<HomeStore.Listed>> list(
            CityCaller caller,
            LocalDate today,
            @Nullable String estateName,
            @Nullable Boolean vacant,
            HomeStore.@Nullable Place after,
            int limit) {
        return store.list(db, caller.office().cityCode(), today, estateName, vacant, after, limit);
    }
}
