package io.anju.publicity;

import io.anju.api.model.ComplaintState;
import io.anju.api.model.NoticeLine;
import io.anju.api.model.NoticeState;
import io.anju.api.model.ObjectionOutcome;
import io.anju.api.model.ObjectionProgress;
import io.anju.api.model.ObjectionState;
import io.anju.api.model.PublicityQueue;
import io.anju.api.model.PublicityQueueStep;
import io.anju.api.model.QuotingComplaint;
import io.anju.platform.http.Request;
import io.anju.publicity.Notice.Line;
import io.anju.publicity.WaitingStore.QueueCount;
import java.time.Instant;
import java.util.List;

/** Publicity as the contract shows it, in the caller's language and at the caller's instant. */
final class PublicityView {
    private final String language;
    private final Instant now;

    PublicityView(Request request) {
        this.language = request.language().tag();
        this.now = request.now();
    }

    io.anju.api.model.Notice notice(Notice notice) {
        return new io.anju.api.model.Notice(
                notice.id(),
                notice.cityCode(),
                notice.programme(),
                notice.stepId(),
                notice.stepName().in(language),
                notice.officeName(),
                notice.areaCode(),
                notice.isOpen(now) ? NoticeState.OPEN : NoticeState.CLOSED,
                notice.startsOn(),
                notice.endsOn(),
                notice.closesAt(),
                notice.lineCount());
    }

    NoticeLine line(Line line) {
        return new NoticeLine(
                line.receiptNumber(),
                line.maskedName(),
                line.householdSize(),
                line.districtCode(),
                line.district().in(language),
                line.category(),
                line.score());
    }

    PublicityQueue queue(List<QueueCount> counts) {
        return new PublicityQueue(counts.stream()
                .map(count -> new PublicityQueueStep(
                        count.programme(), count.stepId(), count.stepName().in(language), count.waiting()))
                .toList());
    }

    static ObjectionProgress progress(ObjectionService.Progress progress) {
        var objection = progress.objection();
        return new ObjectionProgress(
                ObjectionState.of(objection.state().id()),
                objection.receivedAt(),
                objection.decidedAt(),
                objection.answer(),
                progress.complaints().stream()
                        .map(quote -> new QuotingComplaint(quote.number(), ComplaintState.of(quote.state())))
                        .toList());
    }

    static io.anju.api.model.Objection objection(Objection objection) {
        return new io.anju.api.model.Objection(
                objection.id(),
                objection.noticeId(),
                objection.applicationId(),
                objection.receiptNumber(),
                ObjectionState.of(objection.state().id()),
                objection.content().reason(),
                objection.content().contact(),
                objection.receivedAt(),
                objection.decidedAt(),
                objection.answer());
    }

    static ObjectionOutcome outcome(ObjectionService.Decided decided) {
        return new ObjectionOutcome(
                decided.objectionId(),
                ObjectionState.of(decided.state().id()),
                decided.file().state().id(),
                decided.at());
    }
}
