package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintClock.Due;
import io.anju.policy.ComplaintClock.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a city takes complaints: what they may be about, and which office answers.
 *
 * @param programme whose document in force holds the clocks
 * @param anonymousReports whether reports are taken from whoever gives no name
 * @param reopen within which a closed one may be opened again, from the closing
 * @param reviews of petitions (复查、复核)
 */
public record ComplaintDesk(
        String programme, boolean anonymousReports, Span reopen, Reviews reviews, List<Category> categories) {

    public ComplaintDesk {
        categories = List.copyOf(categories);
    }

    /**
     * What a complaint may be about.
     *
     * @param office level of the office that answers
     * @param joinable whether others may join one: what it is about is not of one household alone
     * @param open the kind that anyone may file as a public service request and see in the public list; null for none
     */
    public record Category(
            String id,
            Text name,
            String office,
            Set<ComplaintKind> kinds,
            boolean joinable,
            @Nullable ComplaintKind open) {
        public Category {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * The reviews that may be asked for one after the other; after the last the answer is final.
     *
     * @param ask within which one is asked for, from the answer
     * @param decide within which it is decided, from the asking
     */
    public record Reviews(Span ask, Span decide, int rounds) {
        /** Last day for asking. */
        public LocalDate askBy(LocalDate answeredOn, WorkingDays calendar) {
            return ask.after(answeredOn, calendar);
        }

        /** The days of a review that was asked for on this one. */
        public Due deciding(LocalDate askedOn, WorkingDays calendar) {
            return Due.of(askedOn, decide, calendar);
        }
    }

    public Optional<Category> category(String id) {
        return categories.stream().filter(category -> category.id().equals(id)).findFirst();
    }

    /** The categories that are public services. */
    public List<Category> openServices() {
        return categories.stream().filter(category -> category.open() != null).toList();
    }

    /** Last day for opening again what was closed on this one. */
    public LocalDate reopenBy(LocalDate closedOn, WorkingDays calendar) {
        return reopen.after(closedOn, calendar);
    }
}
