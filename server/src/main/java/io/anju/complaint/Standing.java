package io.anju.complaint;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a complaint. Each method gives the standing after one thing has happened.
 *
 * @param transferBy last day for sending it on; null where the office may not
 * @param bound intake ruled that this office answers
 * @param extended the one extension was given
 * @param reopened it was opened again, which is possible once
 * @param reviewRound 0, or the number of the review that was asked for last
 * @param reviewBy last day for asking for the next review
 * @param reopenBy last day for opening it again
 * @param conclusive nothing more may be asked for
 */
record Standing(
        ComplaintState state,
        OfficeRef office,
        @Nullable UUID handlerId,
        @Nullable LocalDate transferBy,
        boolean bound,
        boolean supervised,
        boolean extended,
        boolean reopened,
        int reviewRound,
        @Nullable LocalDate reviewBy,
        @Nullable LocalDate reopenBy,
        boolean conclusive,
        @Nullable LocalDate answeredOn) {

    static Standing received(OfficeRef office, @Nullable LocalDate transferBy) {
        return new Standing(
                ComplaintState.RECEIVED,
                office,
                null,
                transferBy,
                false,
                false,
                false,
                false,
                0,
                null,
                null,
                false,
                null);
    }

    /** @param handler null where intake accepts for another office */
    Standing accepted(@Nullable UUID handler) {
        return new Standing(
                ComplaintState.HANDLING,
                office,
                handler,
                null,
                bound,
                supervised,
                extended,
                reopened,
                reviewRound,
                null,
                null,
                false,
                null);
    }

    /** Refused or withdrawn. */
    Standing ended(ComplaintState end) {
        return new Standing(
                end, office, handlerId, null, bound, false, extended, reopened, reviewRound, null, null, true, null);
    }

    Standing sentTo(OfficeRef to, @Nullable LocalDate mayRefuseBy, boolean ruled) {
        return new Standing(
                ComplaintState.RECEIVED,
                to,
                null,
                ruled ? null : mayRefuseBy,
                ruled,
                supervised,
                extended && state == ComplaintState.RECEIVED,
                reopened,
                reviewRound,
                null,
                null,
                false,
                null);
    }

    Standing handledBy(UUID handler) {
        return new Standing(
                state,
                office,
                handler,
                transferBy,
                bound,
                supervised,
                extended,
                reopened,
                reviewRound,
                reviewBy,
                reopenBy,
                conclusive,
                answeredOn);
    }

    /** @param mayAskBy last day for a review; null where none may be asked for */
    Standing answered(LocalDate on, @Nullable LocalDate mayAskBy, boolean isConclusive) {
        return new Standing(
                ComplaintState.ANSWERED,
                office,
                handlerId,
                null,
                bound,
                false,
                extended,
                reopened,
                reviewRound,
                mayAskBy,
                null,
                isConclusive,
                on);
    }

    Standing closed(@Nullable LocalDate mayReopenBy) {
        return new Standing(
                ComplaintState.CLOSED,
                office,
                handlerId,
                null,
                bound,
                supervised,
                extended,
                reopened,
                reviewRound,
                reviewBy,
                mayReopenBy,
                conclusive,
                answeredOn);
    }

    Standing openedAgain() {
        return new Standing(
                ComplaintState.HANDLING,
                office,
                handlerId,
                null,
                bound,
                supervised,
                false,
                true,
                reviewRound,
                null,
                null,
                false,
                null);
    }

    Standing reviewedAt(OfficeRef higher) {
        return new Standing(
                ComplaintState.IN_REVIEW,
                higher,
                null,
                null,
                true,
                false,
                false,
                reopened,
                reviewRound + 1,
                null,
                null,
                false,
                null);
    }

    Standing pressed() {
        return new Standing(
                state,
                office,
                handlerId,
                transferBy,
                bound,
                true,
                extended,
                reopened,
                reviewRound,
                reviewBy,
                reopenBy,
                conclusive,
                answeredOn);
    }

    Standing withExtension() {
        return new Standing(
                state,
                office,
                handlerId,
                transferBy,
                bound,
                supervised,
                true,
                reopened,
                reviewRound,
                reviewBy,
                reopenBy,
                conclusive,
                answeredOn);
    }
}
