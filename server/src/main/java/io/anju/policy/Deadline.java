package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.Map;

/**
 * The last day for something that a document sets a time for.
 *
 * @param on the day; late from the day after
 */
public record Deadline(LocalDate on, Trace trace) {

    /** @param start the day of the event, which is not counted */
    static Deadline working(String rule, Text what, LocalDate start, int days, WorkingDays calendar) {
        var last = calendar.plus(start, days);
        return of(rule, what, start, last, new Text(days + " 个工作日", days + " working days"));
    }

    /** @param start the day of the event, which is not counted */
    static Deadline calendar(String rule, Text what, LocalDate start, int days) {
        return of(rule, what, start, lastDay(start, days), new Text(days + " 日", days + " days"));
    }

    /** The last of so many full days; the day of the event is not counted (民法典 art. 201). */
    public static LocalDate lastDay(LocalDate start, int days) {
        return start.plusDays(days);
    }

    private static Deadline of(String rule, Text what, LocalDate start, LocalDate last, Text length) {
        var text = new Text(
                what.zh() + "：" + length.zh() + "，截止 " + last, what.en() + ": " + length.en() + ", until " + last);
        return new Deadline(last, new Trace(rule, Map.of("from", start.toString()), length.en(), text));
    }
}
