package io.anju.complaint;

import io.anju.complaint.Complaint.Stage;
import io.anju.policy.ComplaintKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How one office kept its days in one category and month.
 *
 * @param category {@link #REPORTS} for the one line of all reports of a city
 * @param detail null in lines for everyone
 */
record Statistic(
        String category, OfficeRef office, @Nullable Detail detail, Figures figures) {
    static final String REPORTS = "report";

    /** What lines for offices are told apart by. */
    record Detail(ComplaintKind kind, Stage stage) {}

    /**
     * @param pledges those below together
     * @param meanDays working days of those that are done; null where none is
     * @param rated answers that were rated
     */
    record Figures(
            int pledges,
            int met,
            int late,
            int unanswered,
            int extended,
            @Nullable BigDecimal meanDays,
            @Nullable Integer medianDays,
            @Nullable Integer p90Days,
            int rated,
            @Nullable BigDecimal stars) {
        private Figures withoutStars() {
            return new Figures(pledges, met, late, unanswered, extended, meanDays, medianDays, p90Days, rated, null);
        }
    }

    /** Fewer pledges than these would tell of single households. */
    private static final int FEWEST = 5;
    /** Reports are rarer, and whom they name must not see one come. */
    private static final int FEWEST_REPORTS = 10;

    private boolean isReports() {
        return category.equals(REPORTS);
    }

    /** What everyone may know; null where there are too few. */
    @Nullable
    Figures forEveryone() {
        var tooFew = figures.pledges() < (isReports() ? FEWEST_REPORTS : FEWEST);
        if (tooFew) {
            return null;
        }
        return figures.rated() < FEWEST ? figures.withoutStars() : figures;
    }

    /** What the offices concerned may know: all, for they know each of their complaints; of reports what everyone may. */
    @Nullable
    Figures forOffices() {
        return isReports() ? forEveryone() : figures;
    }
}
