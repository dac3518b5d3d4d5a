package io.anju.arrears;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the subsidy of what is overdue becomes void in {@link YearModel}: proposed by the rules, decided by two people. */
final class ModelVoids {
    private static final int MONTHS = 6;

    final List<Proposed> all = new ArrayList<>();
    /** The latest of the case that is open now; one that lapsed or was approved may be followed by another. */
    private @Nullable Proposed ofCase;

    static final class Proposed {
        final LocalDate on;
        String state = "proposed";

        Proposed(LocalDate on) {
            this.on = on;
        }

        @Override
        public String toString() {
            return on + " " + state;
        }
    }

    /** Who waits for a decision. */
    @Nullable
    Proposed open() {
        var one = ofCase;
        return one != null && (one.state.equals("proposed") || one.state.equals("endorsed")) ? one : null;
    }

    boolean isDecided() {
        return all.stream().anyMatch(one -> one.state.equals("approved") || one.state.equals("refused"));
    }

    boolean isApproved() {
        return all.stream().anyMatch(one -> one.state.equals("approved"));
    }

    /** More than six months in all, and some of them with a subsidy that is not void yet. */
    static boolean isWanted(List<ModelBill> overdue) {
        var months = overdue.stream()
                .mapToLong(bill -> ChronoUnit.MONTHS.between(bill.from, bill.to.plusDays(1)))
                .sum();
        return months > MONTHS && overdue.stream().anyMatch(bill -> bill.voidOn == null && bill.ofSubsidyFen() > 0);
    }

    void follow(LocalDate today, List<ModelBill> overdue) {
        if (!isWanted(overdue)) {
            lapse();
        } else if (ofCase == null || ofCase.state.equals("approved")) {
            ofCase = new Proposed(today);
            all.add(ofCase);
        }
    }

    private void lapse() {
        var one = open();
        if (one != null) {
            one.state = "lapsed";
            ofCase = null;
        }
    }

    /** All is paid: what was decided stays, and a later case may lead to it again. */
    void close() {
        lapse();
        ofCase = null;
    }
}
