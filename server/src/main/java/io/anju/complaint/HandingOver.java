package io.anju.complaint;

import io.anju.complaint.BoxStore.Entry;
import io.anju.complaint.BoxStore.Kind;
import io.anju.complaint.Happening.Actor;
import io.anju.complaint.Happening.Note;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over, after midnight and in an order drawn by lot, what came without a name on the days before. Every clock counts
 * from the day on which it came.
 */
final class HandingOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandingOver.class);
    private static final Duration STIR_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofHours(1);
    private static final int CHUNK = 500;

    private final Db db;
    private final Casework work;
    private final Filing filing;
    private final ComplaintFiles files;
    private final BoxStore box;
    private final BoxContent contents;
    private final Allowance allowance;

    HandingOver(
            Casework work,
            Filing filing,
            ComplaintFiles files,
            BoxStore box,
            BoxContent contents,
            Allowance allowance) {
        this.db = work.db;
        this.work = work;
        this.filing = filing;
        this.files = files;
        this.box = box;
        this.contents = contents;
        this.allowance = allowance;
    }

    void start(Jobs jobs) {
        jobs.every(STIR_EVERY, "complaint.stir-box", job -> stir());
        jobs.every(LOOK_EVERY, "complaint.hand-over", job -> handOver(job.now()));
    }

    /** Whether anything came or not: afterwards no row tells when the last one did. */
    private Future<Void> stir() {
        return db.inTransaction(tx -> box.hold(tx).compose(held -> box.stir(tx)))
                .compose(stirred -> db.inTransaction(allowance::rewrite));
    }

    Future<Void> handOver(Instant now) {
        var today = Shanghai.date(now);
        return box.lookupsBefore(db, today, CHUNK).compose(lookups -> {
            Future<Integer> done = Future.succeededFuture(0);
            for (var lookup : lookups) {
                done = done.compose(count -> handOver(lookup, today, now).map(one -> count + one));
            }
            // where none could be handed over, the rest waits for the next run
            return done.compose(count -> lookups.size() == CHUNK && count > 0 ? handOver(now) : ended());
        });
    }

    private static Future<Void> ended() {
        return Future.succeededFuture();
    }

    /** A report with everything that was added to it; gives whether it went. */
    private Future<Integer> handOver(String lookup, LocalDate today, Instant now) {
        return box.listBefore(db, lookup, today)
                .compose(entries -> moveFiles(entries, now)
                        .compose(moved -> db.inTransaction(tx -> handOver(tx, lookup, entries, moved))))
                .map(1)
                .recover(failure -> {
                    if (!(failure instanceof Refusal refusal)) {
                        return Future.failedFuture(failure);
                    }
                    // the city's rules changed since it was taken in: it waits for somebody who mends them
                    LOG.atError().addKeyValue("code", refusal.code().id()).log("a report in the box cannot be filed");
                    return Future.succeededFuture(0);
                });
    }

    /** Under new names and sealed anew, outside of any transaction: the store's own times then tell the night alone. */
    private Future<Map<UUID, ComplaintFiles.Attachment>> moveFiles(List<Entry> entries, Instant now) {
        var moved = new HashMap<UUID, ComplaintFiles.Attachment>();
        Future<Void> done = ended();
        for (var entry : entries) {
            if (entry.kind() == Kind.FILE) {
                var file = contents.openFile(entry, entry.id(), at(entry));
                done = done.compose(before -> files.move(file, now))
                        .onSuccess(there -> moved.put(entry.id(), there))
                        .mapEmpty();
            }
        }
        return done.map(moved);
    }

    private Future<Void> handOver(
            Tx tx, String lookup, List<Entry> entries, Map<UUID, ComplaintFiles.Attachment> moved) {
        return box.hold(tx)
                .compose(held -> box.listBefore(tx, lookup, latest(entries).plusDays(1)))
                .compose(still -> still.size() == entries.size()
                        ? file(tx, lookup, entries).compose(complaint -> addAll(tx, complaint, entries, moved))
                        // another instance was faster
                        : ended());
    }

    private static LocalDate latest(List<Entry> entries) {
        return entries.stream().map(Entry::day).max(LocalDate::compareTo).orElse(LocalDate.MIN);
    }

    private Future<Complaint> file(Tx tx, String lookup, List<Entry> entries) {
        var report = entries.stream()
                .filter(entry -> entry.kind() == Kind.REPORT)
                .findFirst()
                .orElse(null);
        return report == null ? tracked(tx, lookup) : file(tx, report);
    }

    private Future<Complaint> file(Tx tx, Entry report) {
        return filing.file(tx, contents.openReport(report), at(report))
                .compose(filed -> box.insertTracking(
                                tx,
                                report.lookup(),
                                Optional.ofNullable(report.secretHash()).orElseThrow(),
                                filed.complaint().id())
                        .map(filed.complaint()));
    }

    private Future<Complaint> tracked(Tx tx, String lookup) {
        return box.find(tx, lookup)
                .map(held ->
                        Optional.ofNullable(held.orElseThrow().complaintId()).orElseThrow())
                .compose(id -> work.complaints.lock(tx, id).compose(locked -> work.complaints.get(tx, id)));
    }

    private Future<Void> addAll(
            Tx tx, Complaint complaint, List<Entry> entries, Map<UUID, ComplaintFiles.Attachment> moved) {
        Future<Void> done = ended();
        for (var entry : inOrderOfDays(entries)) {
            done = done.compose(before -> add(tx, complaint, entry, moved.get(entry.id())));
        }
        return done.compose(added -> box.remove(tx, entries));
    }

    /** Of one day in whatever order the lot gave. */
    private static List<Entry> inOrderOfDays(List<Entry> entries) {
        var sorted = new ArrayList<>(entries);
        sorted.sort((one, other) -> one.day().compareTo(other.day()));
        return sorted;
    }

    private Future<Void> add(Tx tx, Complaint complaint, Entry entry, ComplaintFiles.@Nullable Attachment file) {
        return switch (entry.kind()) {
            case REPORT -> ended();
            case WORDS -> note(tx, complaint, Happening.Kind.ADDED, contents.openWords(entry), entry);
            case FILE ->
                files.insertMoved(
                                tx,
                                Optional.ofNullable(file).orElseThrow().of(complaint.id()),
                                contents.openFile(entry, complaint.id(), at(entry))
                                        .fileKey())
                        .compose(inserted -> note(tx, complaint, Happening.Kind.ATTACHED, null, entry));
        };
    }

    private Future<Void> note(Tx tx, Complaint complaint, Happening.Kind kind, @Nullable String text, Entry entry) {
        return work.note(tx, complaint, new Note(kind, Actor.ANONYMOUS, null, null, null, text), at(entry));
    }

    private static Instant at(Entry entry) {
        return Shanghai.startOf(entry.day());
    }
}
