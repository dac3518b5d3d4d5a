package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.yaml.Codes;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one kind of complaint. Days begin to count on the day after; a first-day event counts none.
 *
 * @param accept within which the acceptance is told, from arrival; null where the kind knows none
 * @param handle within which it is handled, from acceptance, or from arrival where none is told
 * @param extension the one extension; null where there is none
 * @param refuseTransfer within which an office may send back what is not its own, from arrival; null where it may not
 */
public record ComplaintClock(
        Kind kind,
        @Nullable Span accept,
        Span handle,
        @Nullable Span extension,
        @Nullable Span refuseTransfer) {

    public enum Kind {
        /** 12345 热线投诉. */
        HOTLINE,
        /** 举报. */
        REPORT,
        /** 信访. */
        PETITION
    }

    public enum Count {
        WORKING,
        CALENDAR
    }

    /** A number of days and how they are counted. */
    public record Span(int days, Count counted) {
        LocalDate after(LocalDate start, WorkingDays calendar) {
            return counted == Count.WORKING ? calendar.plus(start, days) : start.plusDays(days);
        }

        String describe() {
            return days + " " + Codes.kebab(counted) + " days";
        }
    }

    /**
     * The days that count for one complaint.
     *
     * @param acceptBy last day for the acceptance notice
     * @param dueOn last day for the answer; overdue from the day after
     * @param warnOn day on which the office is warned
     * @param extendedTo last day with the extension
     * @param refuseTransferBy last day for sending a misrouted one back
     */
    public record Days(
            @Nullable LocalDate acceptBy,
            LocalDate dueOn,
            LocalDate warnOn,
            @Nullable LocalDate extendedTo,
            @Nullable LocalDate refuseTransferBy,
            Trace trace) {}

    /**
     * Until when something is done, and when the office is warned: on the last working day before, in every city and of
     * every kind. Before a holiday week that is the day on which everybody goes home. No warning lies before the start.
     *
     * @param on the last day; overdue from the day after
     */
    public record Due(LocalDate on, LocalDate warnOn) {
        static Due of(LocalDate start, Span length, WorkingDays calendar) {
            var on = length.after(start, calendar);
            var warnOn = warnOn(on, calendar);
            return new Due(on, warnOn.isBefore(start) ? start : warnOn);
        }

        /** The last working day before this one. */
        public static LocalDate warnOn(LocalDate lastDay, WorkingDays calendar) {
            return calendar.plus(lastDay, -1);
        }
    }

    /** Until when the acceptance is told; empty where the kind knows none. */
    public Optional<Due> accepting(LocalDate arrivedOn, WorkingDays calendar) {
        return Optional.ofNullable(accept).map(length -> Due.of(arrivedOn, length, calendar));
    }

    /** @param startedOn the acceptance, or the arrival where the kind tells none */
    public Due handling(LocalDate startedOn, WorkingDays calendar) {
        return Due.of(startedOn, handle, calendar);
    }

    /** The days after the one extension of what was due on this day; empty where there is none. */
    public Optional<Due> extended(LocalDate dueOn, WorkingDays calendar) {
        return Optional.ofNullable(extension).map(length -> Due.of(dueOn, length, calendar));
    }

    /** Last day for sending back what reached an office on this day; empty where it may not. */
    public Optional<LocalDate> refuseTransferBy(LocalDate reachedOn, WorkingDays calendar) {
        return Optional.ofNullable(refuseTransfer).map(length -> length.after(reachedOn, calendar));
    }

    /** The days of a complaint that arrived and was accepted on one day. */
    public Days days(LocalDate arrivedOn, WorkingDays calendar) {
        return days(arrivedOn, arrivedOn, calendar);
    }

    /** @param acceptedOn from which handling counts where the kind tells an acceptance */
    public Days days(LocalDate arrivedOn, LocalDate acceptedOn, WorkingDays calendar) {
        if (acceptedOn.isBefore(arrivedOn)) {
            throw new IllegalArgumentException(acceptedOn + " lies before the arrival " + arrivedOn);
        }
        var due = handling(accept == null ? arrivedOn : acceptedOn, calendar);
        return new Days(
                accepting(arrivedOn, calendar).map(Due::on).orElse(null),
                due.on(),
                due.warnOn(),
                extended(due.on(), calendar).map(Due::on).orElse(null),
                refuseTransferBy(arrivedOn, calendar).orElse(null),
                trace(arrivedOn, acceptedOn, due.on()));
    }

    private Trace trace(LocalDate arrivedOn, LocalDate acceptedOn, LocalDate dueOn) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("arrivedOn", arrivedOn.toString());
        facts.put("acceptedOn", acceptedOn.toString());
        var unit = handle.counted() == Count.WORKING ? "个工作日" : "日";
        var text = new Text(
                "应在 " + handle.days() + " " + unit + "内办结，截止 " + dueOn,
                "To be handled within " + handle.describe() + ", by " + dueOn);
        return new Trace("complaints/" + Codes.kebab(kind), facts, handle.describe(), text);
    }
}
