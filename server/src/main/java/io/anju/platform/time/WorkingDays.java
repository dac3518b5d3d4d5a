package io.anju.platform.time;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The State Council's working days, adjusted workdays (调休) included.
 *
 * <p>Each year is a document with its source. For a year whose notice is not out yet a derived document may stand in;
 * {@link #isOfficial} tells them apart. Beyond the last document only weekends are off.
 */
public final class WorkingDays {
    private static final int MAX_STEPS = 10_000;

    private final Set<LocalDate> holidays = new HashSet<>();
    private final Set<LocalDate> adjustedWorkdays = new HashSet<>();
    private final Map<Integer, WorkingYear> years = new TreeMap<>();

    private WorkingDays(Collection<WorkingYear> documents) {
        for (var document : documents) {
            years.put(document.year(), document);
        }
        for (var document : years.values()) {
            holidays.addAll(document.daysOff());
            adjustedWorkdays.addAll(document.workdays());
        }
    }

    /** Reads the calendars that ship with the product. */
    public static WorkingDays load() {
        return new WorkingDays(CalendarFiles.shipped());
    }

    /** Reads the calendars that ship with the product, and those in the folder, which win. */
    public static WorkingDays load(@Nullable Path folder) {
        var documents = CalendarFiles.shipped();
        if (folder != null) {
            documents.addAll(CalendarFiles.in(folder));
        }
        return new WorkingDays(documents);
    }

    static WorkingDays of(Collection<WorkingYear> documents) {
        return new WorkingDays(documents);
    }

    public boolean isWorkingDay(LocalDate date) {
        if (adjustedWorkdays.contains(date)) {
            return true;
        }
        var day = date.getDayOfWeek();
        return day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY && !holidays.contains(date);
    }

    /** Whether the State Council's own notice for this year is known. */
    public boolean isOfficial(int year) {
        var document = years.get(year);
        return document != null && document.isOfficial();
    }

    /** The last year that has a document. */
    public int lastYear() {
        return years.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * The date that lies this many working days after {@code from}; the day itself is not counted. A negative number
     * counts backwards, zero gives {@code from}.
     */
    public LocalDate plus(LocalDate from, int workingDays) {
        if (Math.abs(workingDays) > MAX_STEPS) {
            throw new IllegalArgumentException("more working days than any deadline has: " + workingDays);
        }
        var step = Integer.signum(workingDays);
        var date = from;
        for (var left = Math.abs(workingDays); left > 0; ) {
            date = date.plusDays(step);
            if (isWorkingDay(date)) {
                left--;
            }
        }
        return date;
    }

    /** Working days after {@code from} up to and including {@code to}; negative where {@code to} is earlier. */
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        return (int) from.plusDays(1)
                .datesUntil(to.plusDays(1))
                .filter(this::isWorkingDay)
                .count();
    }
}
