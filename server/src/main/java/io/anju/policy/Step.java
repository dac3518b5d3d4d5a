package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.List;

/**
 * One step of the review pipeline (审核、公示).
 *
 * @param index place in the pipeline, from 0
 * @param id stable name within the document, e.g. {@code street-review}
 * @param office level of the office in charge: community, street, civil-affairs, district or city
 * @param days publicity: calendar days the list is shown; review: working days within which to decide
 * @param verification answers of agencies that the step cannot pass without (部门联审); empty for most steps
 */
public record Step(
        int index,
        Kind kind,
        String id,
        String office,
        int days,
        List<VerificationRequirement> verification,
        Text name) {

    public enum Kind {
        REVIEW,
        PUBLICITY
    }

    public Step {
        verification = List.copyOf(verification);
    }

    /** Until when an office decides, or the last day of a publicity; the day on which it begins is not counted. */
    public Deadline deadline(LocalDate begunOn, WorkingDays calendar) {
        var rule = "pipeline/" + id;
        return kind == Kind.REVIEW
                ? Deadline.working(rule, name, begunOn, days, calendar)
                : Deadline.calendar(rule, name, begunOn, days);
    }

    Step at(int place) {
        return new Step(place, kind, id, office, days, verification, name);
    }
}
