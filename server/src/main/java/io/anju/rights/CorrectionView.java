package io.anju.rights;

import io.anju.api.model.CorrectionAttachment;
import io.anju.api.model.DataCorrection;
import io.anju.api.model.DataCorrectionState;
import io.anju.api.model.DataCorrectionSubject;
import io.anju.api.model.StaffCorrection;
import io.anju.platform.crypto.Masking;
import io.anju.rights.CorrectionEvidence.Paper;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Corrections as the contract shows them. */
final class CorrectionView {
    private CorrectionView() {}

    static DataCorrection of(Correction one) {
        return of(one, null);
    }

    /** @param papers null where they are not shown */
    static DataCorrection of(Correction one, @Nullable List<Paper> papers) {
        var content = one.content();
        var phone = content.phone();
        var ending = one.ending();
        var reason = ending == null ? null : ending.reason();
        return new DataCorrection(
                one.id(),
                subject(one),
                one.subjectId(),
                content.item(),
                content.stated(),
                content.correct(),
                content.reason(),
                content.evidence(),
                phone == null ? null : Masking.phone(phone),
                content.addressLine(),
                state(one),
                one.requestedAt(),
                one.dueOn(),
                one.proxy(),
                ending == null ? null : ending.at(),
                ending == null ? null : ending.office(),
                reason == null ? null : reason.finding(),
                reason == null ? null : reason.basis(),
                reason == null ? null : reason.evidenceNumber(),
                reason == null ? null : reason.remedy(),
                papers == null
                        ? null
                        : papers.stream().map(CorrectionView::paper).toList());
    }

    static CorrectionAttachment paper(Paper paper) {
        return new CorrectionAttachment(paper.id(), paper.mediaType(), paper.sizeBytes(), paper.addedAt());
    }

    static StaffCorrection line(Correction one, LocalDate today) {
        return new StaffCorrection(
                one.id(),
                subject(one),
                one.maskedName(),
                one.place().areaCode(),
                state(one),
                one.requestedAt(),
                one.dueOn(),
                CorrectionPolicy.isOverdue(one, today));
    }

    private static DataCorrectionSubject subject(Correction one) {
        return DataCorrectionSubject.of(one.subject().id());
    }

    private static DataCorrectionState state(Correction one) {
        return DataCorrectionState.of(one.state().id());
    }
}
