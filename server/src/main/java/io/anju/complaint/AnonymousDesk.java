package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.ANONYMOUS_REPORTS_NOT_TAKEN;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_CLOSED;
import static io.anju.complaint.ComplaintProblem.TOO_MUCH_WAITING;
import static io.anju.complaint.ComplaintProblem.TRACKING_CODE_MISTYPED;
import static io.anju.complaint.ComplaintProblem.TRACKING_CODE_UNKNOWN;

import io.anju.complaint.Allowance.Act;
import io.anju.complaint.BoxStore.Entry;
import io.anju.complaint.BoxStore.Held;
import io.anju.complaint.BoxStore.Kind;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Once.Untraced;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.ComplaintDesk;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What whoever gives no name does: files, follows and adds. Everything waits in the box until {@link HandingOver}; nothing
 * here is written anywhere else.
 *
 * <p>Whoever tries a code waits for one slow hash, whether there is such a report or not, and may try so often only.
 */
final class AnonymousDesk {
    private static final int MOST_WAITING = 50;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Db db;
    private final Casework work;
    private final Filing filing;
    private final OwnDesk own;
    private final ComplaintFiles files;
    private final BoxStore box;
    private final BoxContent contents;
    private final Allowance allowance;
    private final SlowHash hashes;

    AnonymousDesk(
            Casework work,
            Filing filing,
            OwnDesk own,
            ComplaintFiles files,
            BoxStore box,
            BoxContent contents,
            Allowance allowance,
            SlowHash hashes) {
        this.db = work.db;
        this.work = work;
        this.filing = filing;
        this.own = own;
        this.files = files;
        this.box = box;
        this.contents = contents;
        this.allowance = allowance;
        this.hashes = hashes;
    }

    /** A report on its way into the box. */
    record Prepared(TrackingCode code, String secretHash) {}

    /** What was taken in, and on which day. */
    record Taken(TrackingCode code, LocalDate on) {}

    /** The code follows from the request's key, so that a repeat is given the same one though nobody has kept it. */
    Future<Prepared> prepare(Untraced key, String address, Instant now) {
        var code = TrackingCode.of(key.seed().getBytes());
        return allowance
                .take(Act.FILE, address, now)
                .compose(allowed -> hashes.hash(code.secret()))
                .map(hash -> new Prepared(code, hash));
    }

    Future<Taken> file(Tx tx, Untraced key, Prepared prepared, Filing.Order order, Instant now) {
        var today = Shanghai.date(now);
        requireTaken(order.cityCode());
        return once(
                        tx,
                        key,
                        today,
                        () -> filing.examine(tx, order, now).compose(good -> {
                            var id = id(key);
                            return put(
                                    tx,
                                    key,
                                    Kind.REPORT,
                                    prepared.code().lookup(),
                                    prepared.secretHash(),
                                    today,
                                    contents.sealReport(id, order));
                        }))
                .map(on -> new Taken(prepared.code(), on));
    }

    private void requireTaken(String cityCode) {
        var taken = work.policies
                .findCity(cityCode)
                .flatMap(city -> Optional.ofNullable(city.complaints()))
                .map(ComplaintDesk::anonymousReports)
                .orElse(false);
        if (!taken) {
            throw Refusal.at("/cityCode", ANONYMOUS_REPORTS_NOT_TAKEN);
        }
    }

    /** A report that a code opens. */
    record Opened(String lookup, Held held) {}

    /** Refuses a code that opens nothing, after the work that one takes which does. */
    Future<Opened> open(Act act, String typed, String address, Instant now) {
        var code = TrackingCode.parse(typed).orElse(null);
        if (code == null) {
            return Future.failedFuture(Refusal.at("/trackingCode", TRACKING_CODE_MISTYPED));
        }
        return allowance
                .take(act, address, now)
                .compose(allowed -> box.find(db, code.lookup()))
                .compose(found -> (found.isPresent()
                                ? hashes.matches(code.secret(), found.get().secretHash())
                                : hashes.matchesNothing(code.secret()))
                        .map(right -> {
                            if (!right) {
                                throw Refusal.of(TRACKING_CODE_UNKNOWN);
                            }
                            return new Opened(code.lookup(), found.orElseThrow());
                        }));
    }

    /** @param shown empty as long as the report waits */
    record Progress(LocalDate filedOn, Optional<OwnDesk.Shown> shown, int waiting) {}

    Future<Progress> progress(Opened opened) {
        return Future.all(report(opened), box.countWaiting(db, opened.lookup())).map(read -> {
            BoxStore.Waiting waiting = read.resultAt(1);
            return new Progress(opened.held().filedOn(), read.resultAt(0), waiting.all());
        });
    }

    private Future<Optional<OwnDesk.Shown>> report(Opened opened) {
        var id = opened.held().complaintId();
        return id == null
                ? Future.succeededFuture(Optional.empty())
                : work.complaints
                        .getUnnamed(db, id)
                        .compose(complaint -> own.shown(complaint).map(Optional::of));
    }

    Future<LocalDate> add(Tx tx, Untraced key, Opened opened, String text, Instant now) {
        var today = Shanghai.date(now);
        return once(
                tx,
                key,
                today,
                () -> requireRoom(tx, opened, Kind.WORDS)
                        .compose(room -> put(
                                tx, key, Kind.WORDS, opened.lookup(), null, today, contents.sealWords(id(key), text))));
    }

    /** Cleans and stores the bytes, outside of any transaction. */
    Future<ComplaintFiles.Attachment> keep(Opened opened, Buffer content, Instant now) {
        var complaint = Optional.ofNullable(opened.held().complaintId()).orElseGet(() -> new UUID(0, 0));
        return files.keepOfReport(complaint, content, now);
    }

    Future<LocalDate> attach(Tx tx, Untraced key, Opened opened, ComplaintFiles.Attachment file, Instant now) {
        var today = Shanghai.date(now);
        return once(
                tx,
                key,
                today,
                () -> requireRoom(tx, opened, Kind.FILE)
                        .compose(room -> files.bind(tx, file.fileKey()))
                        .compose(bound -> put(
                                tx, key, Kind.FILE, opened.lookup(), null, today, contents.sealFile(id(key), file))));
    }

    private Future<Void> requireRoom(Tx tx, Opened opened, Kind kind) {
        var id = opened.held().complaintId();
        return box.hold(tx)
                .compose(held -> id == null ? Future.succeededFuture() : requireOpen(tx, id))
                .compose(open -> box.countWaiting(tx, opened.lookup()))
                .compose(waiting -> {
                    if (waiting.all() >= MOST_WAITING) {
                        return Refusal.failed(TOO_MUCH_WAITING, Map.of("maximum", Integer.toString(MOST_WAITING)));
                    }
                    return kind == Kind.FILE ? files.requireFew(tx, id, waiting.files()) : Future.succeededFuture();
                });
    }

    private Future<Void> requireOpen(Tx tx, UUID id) {
        return work.complaints.getUnnamed(tx, id).map(complaint -> {
            if (!complaint.state().isOpen()) {
                throw Refusal.of(COMPLAINT_CLOSED);
            }
            return null;
        });
    }

    /** Gives the day of the first time; a repeat does nothing, and another request under the same key is refused. */
    private Future<LocalDate> once(Tx tx, Untraced key, LocalDate today, Supplier<Future<Void>> effect) {
        return box.findDone(tx, id(key)).compose(done -> {
            if (done.isEmpty()) {
                return effect.get().map(today);
            }
            return done.get().digest().equals(key.digest())
                    ? Future.succeededFuture(done.get().day())
                    : Refusal.failed(PlatformProblem.IDEMPOTENCY_KEY_REUSED);
        });
    }

    private Future<Void> put(
            Tx tx, Untraced key, Kind kind, String lookup, @Nullable String hash, LocalDate today, Buffer content) {
        return box.hold(tx)
                .compose(held -> box.put(tx, new Entry(id(key), kind, lookup, hash, today, key.digest(), content)));
    }

    /** An id in which no time is, from the half of the seed that the code does not show. */
    private static UUID id(Untraced key) {
        int half = key.seed().length() - 2 * Long.BYTES;
        return new UUID(
                (key.seed().getLong(half) & ~VERSION_MASK) | VERSION_4,
                (key.seed().getLong(half + Long.BYTES) >>> 2) | VARIANT);
    }
}
