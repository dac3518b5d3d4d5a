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
        return running(ComplaintState.HANDLING).handler(handler).standing();
    }

    /** Refused or withdrawn. */
    Standing ended(ComplaintState end) {
        return running(end).supervised(false).conclusive(true).standing();
    }

    Standing sentTo(OfficeRef to, @Nullable LocalDate mayRefuseBy, boolean ruled) {
        return running(ComplaintState.RECEIVED)
                .office(to)
                .handler(null)
                .transferBy(ruled ? null : mayRefuseBy)
                .bound(ruled)
                .extended(extended && state == ComplaintState.RECEIVED)
                .standing();
    }

    Standing handledBy(UUID handler) {
        return new Change(this).handler(handler).standing();
    }

    /** @param mayAskBy last day for a review; null where none may be asked for */
    Standing answered(LocalDate on, @Nullable LocalDate mayAskBy, boolean isConclusive) {
        return running(ComplaintState.ANSWERED)
                .supervised(false)
                .reviewBy(mayAskBy)
                .conclusive(isConclusive)
                .answeredOn(on)
                .standing();
    }

    Standing closed(@Nullable LocalDate mayReopenBy) {
        return new Change(this)
                .state(ComplaintState.CLOSED)
                .transferBy(null)
                .reopenBy(mayReopenBy)
                .standing();
    }

    Standing openedAgain() {
        return running(ComplaintState.HANDLING).extended(false).reopened().standing();
    }

    Standing reviewedAt(OfficeRef higher) {
        return running(ComplaintState.IN_REVIEW)
                .office(higher)
                .handler(null)
                .bound(true)
                .supervised(false)
                .extended(false)
                .nextReviewRound()
                .standing();
    }

    Standing pressed() {
        return new Change(this).supervised(true).standing();
    }

    Standing withExtension() {
        return new Change(this).extended(true).standing();
    }

    /** Another state in which nothing has been answered yet: what an answer left open is over. */
    private Change running(ComplaintState next) {
        return new Change(this)
                .state(next)
                .transferBy(null)
                .reviewBy(null)
                .reopenBy(null)
                .conclusive(false)
                .answeredOn(null);
    }

    /** A standing under change: what is not named stays as it was. */
    private static final class Change {
        private ComplaintState state;
        private OfficeRef office;
        private @Nullable UUID handlerId;
        private @Nullable LocalDate transferBy;
        private boolean bound;
        private boolean supervised;
        private boolean extended;
        private boolean reopened;
        private int reviewRound;
        private @Nullable LocalDate reviewBy;
        private @Nullable LocalDate reopenBy;
        private boolean conclusive;
        private @Nullable LocalDate answeredOn;

        private Change(Standing before) {
            state = before.state;
            office = before.office;
            handlerId = before.handlerId;
            transferBy = before.transferBy;
            bound = before.bound;
            supervised = before.supervised;
            extended = before.extended;
            reopened = before.reopened;
            reviewRound = before.reviewRound;
            reviewBy = before.reviewBy;
            reopenBy = before.reopenBy;
            conclusive = before.conclusive;
            answeredOn = before.answeredOn;
        }

        private Change state(ComplaintState value) {
            state = value;
            return this;
        }

        private Change office(OfficeRef value) {
            office = value;
            return this;
        }

        private Change handler(@Nullable UUID value) {
            handlerId = value;
            return this;
        }

        private Change transferBy(@Nullable LocalDate value) {
            transferBy = value;
            return this;
        }

        private Change bound(boolean value) {
            bound = value;
            return this;
        }

        private Change supervised(boolean value) {
            supervised = value;
            return this;
        }

        private Change extended(boolean value) {
            extended = value;
            return this;
        }

        private Change reopened() {
            reopened = true;
            return this;
        }

        private Change nextReviewRound() {
            reviewRound++;
            return this;
        }

        private Change reviewBy(@Nullable LocalDate value) {
            reviewBy = value;
            return this;
        }

        private Change reopenBy(@Nullable LocalDate value) {
            reopenBy = value;
            return this;
        }

        private Change conclusive(boolean value) {
            conclusive = value;
            return this;
        }

        private Change answeredOn(@Nullable LocalDate value) {
            answeredOn = value;
            return this;
        }

        private Standing standing() {
            return new Standing(
                    state,
                    office,
                    handlerId,
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
    }
}
