package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.tables.TableSource;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.ImportStore.Staged;
import io.anju.waitinglist.RegisterImport.Fault;
import io.anju.waitinglist.RegisterImport.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The work of an import: the file is read in worker code, chunk by chunk, and each chunk's rows are written together with
 * the progress; a run that dies leaves its chunks, and the next reads on behind them. Nothing is in the register before
 * the last step, which is one transaction.
 */
final class ImportRun {
    static final String KIND = "waitinglist.import";

    private static final int CHUNK = 1_000;
    private static final int MAX_ATTEMPTS = 5;

    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final PolicyService policies;
    private final ApplicationService applications;
    private final ImportStore store = new ImportStore();
    private final ImportEntryStore entries;
    private final ImportPieces pieces;

    ImportRun(Vertx vertx, Db db, Vault vault, PolicyService policies, ApplicationService applications) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
        this.policies = policies;
        this.applications = applications;
        this.entries = new ImportEntryStore(applications);
        this.pieces = new ImportPieces(db, vault, store);
    }

    /** The job; its key is the import's id. */
    Future<Void> run(Job job) {
        var id = UUID.fromString(job.key());
        return store.find(db, id)
                .compose(found -> found.filter(one -> one.state() == State.RUNNING)
                        .map(one -> run(job, one))
                        .orElseGet(Future::succeededFuture))
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : db.inTransaction(tx -> store.finish(tx, id, State.FAILED, 0, 0, job.now()))
                                .compose(failed -> forget(id)));
    }

    private Future<Void> forget(UUID id) {
        return db.inTransaction(tx -> entries.allowTime(tx).compose(allowed -> store.forget(tx, id)));
    }

    private Future<Void> run(Job job, RegisterImport one) {
        return policies.byDigest(db, one.policyDigest())
                .compose(policy -> vertx.executeBlocking(
                        () -> {
                            read(job, one, policy);
                            return null;
                        },
                        false))
                .compose(read -> db.inTransaction(tx -> end(tx, job, one)))
                .compose(ended -> forget(one.id()));
    }

    /** Blocks: for worker threads. */
    private void read(Job job, RegisterImport one, PolicyDocument policy) throws IOException {
        int row = 0;
        try (var source = TableSource.open(() -> pieces.open(one.id()))) {
            var head = source.next();
            var columns = head == null ? List.<ImportColumn>of() : columns(job, one, head);
            if (columns.isEmpty()) {
                return;
            }
            var reader =
                    new ImportReader(policies.city(one.list().cityCode()), policy, Shanghai.date(one.requestedAt()));
            var chunk = new Chunk(job, one, reader, columns);
            for (var fields = source.next(); fields != null; fields = source.next()) {
                row++;
                if (row > TableSource.MOST_ROWS) {
                    throw new TableSource.Unreadable(TableSource.Fault.TOO_LARGE);
                }
                if (row > one.rowsRead()) {
                    chunk.add(row, fields);
                }
            }
            chunk.flush();
        } catch (TableSource.Unreadable e) {
            refuse(
                    job,
                    one,
                    new Fault(
                            row == 0 ? 0 : row + 2,
                            "",
                            ImportFault.valueOf(e.fault().name()).id()));
        }
    }

    /** The columns in the file's order; empty where the head cannot be used, which is then written down. */
    private List<ImportColumn> columns(Job job, RegisterImport one, List<String> head) {
        var columns = new ArrayList<ImportColumn>();
        var faults = new ArrayList<Fault>();
        for (var name : head) {
            var column = ImportColumn.find(name);
            if (column.isEmpty()) {
                faults.add(new Fault(1, "", ImportFault.UNKNOWN_COLUMN.id()));
            } else if (columns.contains(column.get())) {
                faults.add(new Fault(1, column.get().label(), ImportFault.COLUMN_TWICE.id()));
            }
            column.ifPresent(columns::add);
        }
        for (var column : ImportColumn.values()) {
            if (column.isRequired() && !columns.contains(column)) {
                faults.add(new Fault(1, column.label(), ImportFault.COLUMN_MISSING.id()));
            }
        }
        faults.forEach(fault -> refuse(job, one, fault));
        return faults.isEmpty() ? columns : List.of();
    }

    /** A fault of the file as a whole; whatever else is in it is not to be trusted. */
    private void refuse(Job job, RegisterImport one, Fault fault) {
        Waiting.on(db.inTransaction(
                tx -> Jobs.hold(tx, job).compose(held -> store.insertFaults(tx, one.id(), List.of(fault)))));
    }

    /** Rows that are read and not written yet. */
    private final class Chunk {
        private final Job job;
        private final RegisterImport one;
        private final ImportReader reader;
        private final List<ImportColumn> columns;
        private final List<ImportReader.Entry> read = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private int from;
        private int upTo;

        Chunk(Job job, RegisterImport one, ImportReader reader, List<ImportColumn> columns) {
            this.job = job;
            this.one = one;
            this.reader = reader;
            this.columns = columns;
            this.from = one.rowsRead();
            this.upTo = from;
        }

        /** @param row from 1; people count the head too, so reports say one more */
        void add(int row, List<String> fields) {
            upTo = row;
            if (fields.size() != columns.size()) {
                faults.add(new Fault(row + 1, "", ImportFault.FIELD_COUNT.id()));
            } else {
                var result = reader.read(values(fields));
                var entry = result.entry();
                if (entry != null) {
                    read.add(entry);
                    rows.add(row + 1);
                }
                result.faults()
                        .forEach(fault -> faults.add(new Fault(
                                row + 1, fault.column().label(), fault.fault().id())));
            }
            if (upTo - from >= CHUNK) {
                flush();
            }
        }

        private Map<ImportColumn, String> values(List<String> fields) {
            var values = new EnumMap<ImportColumn, String>(ImportColumn.class);
            for (int i = 0; i < fields.size(); i++) {
                values.put(columns.get(i), fields.get(i));
            }
            return values;
        }

        void flush() {
            if (upTo == from) {
                return;
            }
            var numbers = Waiting.on(applications.receiptNumbers(
                    db, one.list().cityCode(), Shanghai.date(one.requestedAt()).getYear(), read.size()));
            var staged = new ArrayList<Staged>(read.size());
            for (int i = 0; i < read.size(); i++) {
                staged.add(staged(rows.get(i), read.get(i), numbers.get(i)));
            }
            var unique = List.copyOf(new HashSet<>(faults));
            Waiting.on(db.inTransaction(tx -> Jobs.hold(tx, job)
                    .compose(held -> store.advance(tx, one.id(), from, upTo))
                    .compose(moved -> moved ? Future.succeededFuture() : Future.failedFuture(new LostLease(job)))
                    .compose(moved -> store.insertRows(tx, one.id(), staged))
                    .compose(written -> store.insertFaults(tx, one.id(), unique))));
            from = upTo;
            read.clear();
            rows.clear();
            faults.clear();
        }

        private Staged staged(int row, ImportReader.Entry entry, String receiptNumber) {
            var id = Ids.next(one.requestedAt());
            return new Staged(
                    row,
                    id,
                    entry.sourceNumber(),
                    entry.members().stream()
                            .map(member -> Buffer.buffer(applications.person(member.nationalId())))
                            .toList(),
                    entry.areaCode(),
                    receiptNumber,
                    Masking.name(entry.members().get(0).name()),
                    entry.members().size(),
                    entry.category(),
                    Shanghai.startOf(entry.appliedOn()),
                    entry.qualifiedOn(),
                    entry.registeredOn(),
                    Buffer.buffer(vault.sealJson(WaitingListStore.TABLE, "facts_sealed", id, entry.facts())),
                    Buffer.buffer(
                            vault.sealJson("waitinglist.imported_household", "household_sealed", id, entry.members())));
        }
    }

    private Future<Void> end(Tx tx, Job job, RegisterImport one) {
        return entries.allowTime(tx)
                .compose(allowed -> store.isUnreadable(tx, one.id()))
                .compose(unreadable -> entries.check(tx, one)
                        .compose(faulty -> unreadable || (faulty > 0 && !one.goOn())
                                ? Jobs.hold(tx, job)
                                        .compose(
                                                held -> store.finish(tx, one.id(), State.REFUSED, faulty, 0, job.now()))
                                : enter(tx, job, one, faulty)));
    }

    private Future<Void> enter(Tx tx, Job job, RegisterImport one, int faulty) {
        return entries.enter(tx, one, job.now())
                .compose(entered -> Jobs.hold(tx, job)
                        .compose(held -> store.finish(tx, one.id(), State.ENTERED, faulty, entered, job.now()))
                        .compose(done ->
                                Jobs.enqueue(tx, AccountTies.KIND, one.id().toString(), "{}", job.now()))
                        .compose(queued -> Audit.record(
                                tx, Caller.SYSTEM, "register.imported", "register-import", one.id(), one.sha256()))
                        .compose(audited ->
                                Outbox.append(tx, "register.imported", one.id(), "{\"households\":" + entered + "}")));
    }
}
