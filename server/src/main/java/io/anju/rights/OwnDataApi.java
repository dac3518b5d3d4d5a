package io.anju.rights;

import io.anju.api.OwnDataOperations;
import io.anju.api.model.DataExportState;
import io.anju.api.model.DeletedAccount;
import io.anju.api.model.FileView;
import io.anju.api.model.FileViewPage;
import io.anju.api.model.FileViewer;
import io.anju.api.model.KeptData;
import io.anju.identity.Kept;
import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.retention.Periods;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A resident's own data over HTTP. */
public final class OwnDataApi implements OwnDataOperations {
    private static final String VIEWS = "listFileViews";

    private final Db db;
    private final ExportService exports;
    private final DeletionService deletions;
    private final Periods periods;
    private final ResidentFiles files;
    private final Once once;
    private final Cursors cursors;

    public OwnDataApi(
            Db db,
            ExportService exports,
            DeletionService deletions,
            Periods periods,
            ResidentFiles files,
            Once once,
            Cursors cursors) {
        this.db = db;
        this.deletions = deletions;
        this.periods = periods;
        this.exports = exports;
        this.files = files;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<io.anju.api.model.DataExport>> exportMyData(Request request, ResidentCaller caller) {
        return once.run(
                request,
                () -> exports.admit(caller, request.now()),
                (tx, admitted) -> exports.request(tx, caller, request.now()).map(export -> Reply.of(view(export))));
    }

    @Override
    public Future<Reply<io.anju.api.model.DataExport>> getMyExport(
            Request request, ResidentCaller caller, UUID exportId) {
        return exports.get(caller, exportId, request.now())
                .map(OwnDataApi::view)
                .map(Reply::of);
    }

    @Override
    public Future<Reply<Buffer>> downloadMyExport(Request request, ResidentCaller caller, UUID exportId) {
        return exports.fetch(caller, exportId, request.now())
                .map(json -> Reply.bytes(Buffer.buffer(json), "application/octet-stream")
                        .withHeader("Content-Disposition", "attachment; filename=\"my-data.json\""));
    }

    @Override
    public Future<Reply<Buffer>> printMyExport(Request request, ResidentCaller caller, UUID exportId) {
        return exports.fetch(caller, exportId, request.now())
                .map(json -> Buffer.buffer(OwnDataPage.of(json, request.language())))
                .map(page -> Reply.bytes(page, "text/html; charset=utf-8")
                        .withHeader("Content-Security-Policy", OwnDataPage.CONTENT_SECURITY_POLICY));
    }

    @Override
    public Future<Reply<DeletedAccount>> deleteMyAccount(Request request, ResidentCaller caller) {
        var over = new ConcurrentLinkedQueue<UUID>();
        return once.run(
                        request,
                        () -> exports.requireRecent(caller, request.now()),
                        (tx, recent) -> deletions
                                .delete(tx, caller, request.now())
                                .map(deleted -> {
                                    over.addAll(deleted.ended());
                                    return Reply.of(new DeletedAccount(
                                            request.now(),
                                            deleted.kept().stream()
                                                    .map(this::view)
                                                    .toList()));
                                }))
                .onSuccess(done -> exports.forgetSessions(List.copyOf(over)));
    }

    private KeptData view(Kept kept) {
        var period = periods.of(kept.period());
        return new KeptData(
                kept.kind(), kept.count(), period.law(), kept.since().plusDays(period.days()));
    }

    @Override
    public Future<Reply<FileViewPage>> listFileViews(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        var before = cursors.uuid(VIEWS, cursor);
        return files.views(db, caller.id(), before, limit + 1).map(found -> {
            var page = cursors.page(VIEWS, found, limit, last -> last.id());
            return Reply.of(new FileViewPage(page.as(OwnDataApi::view), page.nextCursor()));
        });
    }

    private static FileView view(io.anju.identity.FileView view) {
        return new FileView(
                view.id(),
                view.at(),
                FileViewer.valueOf(view.viewer().name()),
                view.name(),
                view.what(),
                view.applicationId());
    }

    private static io.anju.api.model.DataExport view(DataExport export) {
        return new io.anju.api.model.DataExport(
                export.id(),
                export.readyAt() == null ? DataExportState.BEING_MADE : DataExportState.READY,
                export.requestedAt(),
                export.expiresAt(),
                export.readyAt(),
                export.sizeBytes());
    }
}
