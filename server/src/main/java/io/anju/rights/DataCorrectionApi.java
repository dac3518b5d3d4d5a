package io.anju.rights;

import io.anju.api.DataCorrectionOperations;
import io.anju.api.model.ChangeContactRequest;
import io.anju.api.model.CorrectionAttachment;
import io.anju.api.model.CorrectionDecision;
import io.anju.api.model.DataCorrection;
import io.anju.api.model.DataCorrectionPage;
import io.anju.api.model.DataCorrectionState;
import io.anju.api.model.DecideCorrectionRequest;
import io.anju.api.model.RequestCorrectionRequest;
import io.anju.api.model.StaffCorrectionPage;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.rights.Correction.Content;
import io.anju.rights.Correction.Reason;
import io.anju.rights.Correction.State;
import io.anju.rights.Correction.Subject;
import io.anju.rights.CorrectionDesk.Change;
import io.anju.rights.CorrectionDesk.Decision;
import io.anju.rights.CorrectionService.Wish;
import io.anju.rights.CorrectionStore.Spot;
import io.anju.waitinglist.LifeChangeContract;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Corrections over HTTP. */
public final class DataCorrectionApi implements DataCorrectionOperations {
    private static final String MINE = "listMyCorrections";
    private static final String OF_OFFICE = "listCorrections";

    private final Db db;
    private final CorrectionService service;
    private final CorrectionDesk desk;
    private final CorrectionEvidence evidence;
    private final Once once;
    private final Cursors cursors;

    DataCorrectionApi(
            Db db,
            CorrectionService service,
            CorrectionDesk desk,
            CorrectionEvidence evidence,
            Once once,
            Cursors cursors) {
        this.db = db;
        this.service = service;
        this.desk = desk;
        this.evidence = evidence;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<DataCorrection>> requestCorrection(
            Request request, ResidentCaller caller, RequestCorrectionRequest body) {
        var content =
                new Content(body.item(), body.stated(), body.correct(), body.reason(), body.evidence(), null, null);
        var wish = new Wish(Subject.of(body.subject().wire()), body.subjectId(), body.cityCode(), content);
        return change(request, tx -> service.request(tx, caller, wish, request.now()));
    }

    @Override
    public Future<Reply<DataCorrectionPage>> listMyCorrections(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.list(caller, cursors.uuid(MINE, cursor), limit + 1).map(found -> {
            var page = cursors.page(MINE, found, limit, Correction::id);
            return Reply.of(new DataCorrectionPage(page.as(CorrectionView::of), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<DataCorrection>> getCorrection(Request request, ResidentCaller caller, UUID correctionId) {
        return service.get(caller, correctionId).compose(this::withEvidence);
    }

    private Future<Reply<DataCorrection>> withEvidence(Correction one) {
        return evidence.list(db, one.id()).map(papers -> Reply.of(CorrectionView.of(one, papers)));
    }

    @Override
    public Future<Reply<CorrectionAttachment>> uploadCorrectionAttachment(
            Request request, ResidentCaller caller, UUID correctionId) {
        return once.run(
                request,
                () -> evidence.keep(caller, correctionId, request.upload().content(), request.now()),
                (tx, kept) -> evidence.add(tx, caller, kept)
                        .map(CorrectionView::paper)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<Buffer>> getCorrectionAttachment(
            Request request, ResidentCaller caller, UUID correctionId, UUID correctionFileId) {
        return evidence.openOwn(caller, correctionId, correctionFileId).map(DataCorrectionApi::download);
    }

    @Override
    public Future<Reply<Buffer>> openCorrectionAttachment(
            Request request, AreaCaller caller, UUID correctionId, UUID correctionFileId, String reason) {
        return desk.openEvidence(caller, correctionId, correctionFileId, reason, request.now())
                .map(DataCorrectionApi::download);
    }

    private static Reply<Buffer> download(CorrectionEvidence.Opened opened) {
        return Reply.download(opened.content(), opened.paper().mediaType());
    }

    @Override
    public Future<Reply<DataCorrection>> withdrawCorrection(Request request, ResidentCaller caller, UUID correctionId) {
        return change(request, tx -> service.withdraw(tx, caller, correctionId, request.now()));
    }

    @Override
    public Future<Reply<DataCorrection>> changeContact(
            Request request, ResidentCaller caller, UUID applicationId, ChangeContactRequest body) {
        var phone = body.phone();
        if (phone == null && body.addressLine() == null) {
            throw Refusal.of(RightsProblem.CONTACT_WITHOUT_CHANGE);
        }
        return once.run(
                request,
                () -> service.prove(
                        phone == null ? null : phone.challengeId(), phone == null ? null : phone.code(), request.now()),
                (tx, proof) -> service.changeContact(
                                tx,
                                caller,
                                applicationId,
                                proof,
                                body.addressLine(),
                                request.remoteAddress(),
                                request.now())
                        .map(CorrectionView::of)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<StaffCorrectionPage>> listCorrections(
            Request request,
            AreaCaller caller,
            @Nullable DataCorrectionState state,
            @Nullable Boolean overdue,
            @Nullable String cursor,
            int limit) {
        var isLate = Boolean.TRUE.equals(overdue);
        var wanted = state == null || isLate ? State.REQUESTED : State.of(state.wire());
        var name = OF_OFFICE + '/' + wanted.id() + '/' + isLate;
        return desk.list(caller, wanted, isLate ? request.today() : null, spot(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.pageBy(name, found, limit, DataCorrectionApi::place);
                    return Reply.of(new StaffCorrectionPage(
                            page.as(one -> CorrectionView.line(one, request.today())), page.nextCursor()));
                });
    }

    private @Nullable Spot spot(String name, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var place = cursors.open(name, 2, cursor);
        return new Spot(LocalDate.parse(place.get(0)), UUID.fromString(place.get(1)));
    }

    /** Requests have a day; contacts, which have none, are not in an office's list. */
    private static List<?> place(Correction last) {
        return List.of(String.valueOf(last.dueOn()), last.id());
    }

    @Override
    public Future<Reply<DataCorrection>> openCorrection(
            Request request, AreaCaller caller, UUID correctionId, String reason) {
        return desk.open(caller, correctionId, reason, request.now()).compose(this::withEvidence);
    }

    @Override
    public Future<Reply<DataCorrection>> decideCorrection(
            Request request, AreaCaller caller, UUID correctionId, DecideCorrectionRequest body) {
        var decision = new Decision(
                body.decision() == CorrectionDecision.UPHOLD,
                new Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy()),
                change(body));
        return change(request, tx -> desk.decide(tx, caller, correctionId, decision, request.now()));
    }

    private static @Nullable Change change(DecideCorrectionRequest body) {
        var changes = body.changes();
        var from = body.effectiveOn();
        if (changes == null && from == null) {
            return null;
        }
        if (changes == null || from == null) {
            throw Refusal.at(changes == null ? "/changes" : "/effectiveOn", RightsProblem.CORRECTION_NEEDS_CHANGES);
        }
        return new Change(LifeChangeContract.read(changes), from);
    }

    private Future<Reply<DataCorrection>> change(Request request, Function<Tx, Future<Correction>> effect) {
        return once.run(request, tx -> effect.apply(tx).map(CorrectionView::of).map(Reply::of));
    }
}
