package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one kind of complaint. Days begin to count on the day after; a first-day event counts none.
 *
 * @param accept within which the acceptance is told, from arrival; null where the kind knows none
 * @param handle within which it is handled, from acceptance, or from arrival where none is told
 * @param warnBefore how long before the end the office is warned
 * @param extension the one extension; null where there is none
 * @param refuseTransfer within which an office may send back what is not its own, from arrival; null where it may not
 */
public record ComplaintClock(
        Kind kind,
        @Nullable Span accept,
        Span handle,
        Span warnBefore,
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

        LocalDate before(LocalDate end, WorkingDays calendar) {
            return counted == Count.WORKING ? calendar.plus(end, -days) : end.minusDays(days);
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

    /** The days of a complaint that arrived and was accepted on one day. */
    public Days days(LocalDate arrivedOn, WorkingDays calendar) {
        return days(arrivedOn, arrivedOn, calendar);
    }

    /** @param acceptedOn from which handling counts where the kind tells an acceptance */
    public Days days(LocalDate arrivedOn, LocalDate acceptedOn, WorkingDays calendar) {
        if (acceptedOn.isBefore(arrivedOn)) {
            throw new IllegalArgumentException(acceptedOn + " lies before the arrival " + arrivedOn);
        }
        var dueOn = handle.after(accept == null ? arrivedOn : acceptedOn, calendar);
        var warnOn = warnBefore.before(dueOn, calendar);
        return new Days(
                accept == null ? null : accept.after(arrivedOn, calendar),
                dueOn,
                warnOn.isBefore(arrivedOn) ? arrivedOn : warnOn,
                extension == null ? null : extension.after(dueOn, calendar),
                refuseTransfer == null ? null : refuseTransfer.after(arrivedOn, calendar),
                trace(arrivedOn, acceptedOn, dueOn));
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
