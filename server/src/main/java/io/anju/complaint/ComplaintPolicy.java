package io.anju.complaint;

import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Running;
import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintClock.Due;
import io.anju.policy.ComplaintKind;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about complaints that hold in every city. */
final class ComplaintPolicy {
    /** From the narrowest area to the widest; the digits of its code beside each. */
    private static final List<String> LEVELS = List.of("community", "street", "district", "city");

    private static final Map<String, Integer> DIGITS =
            Map.of("community", 12, "street", 9, "district", 6, "civil-affairs", 6, "city", 4);
    private static final int CITY_DIGITS = 4;
    private static final int THOUSAND = 1_000;
    /** Things that are not of one household alone. */
    private static final Set<SubjectType> SHARED = Set.of(SubjectType.NOTICE, SubjectType.HOME, SubjectType.OFFICE);

    private ComplaintPolicy() {}

    enum Mark {
        NONE,
        WARNING,
        OVERDUE
    }

    /** Warned from the warning day on, overdue from the first day over. */
    static Mark mark(@Nullable Running clock, LocalDate today) {
        return clock == null ? Mark.NONE : mark(clock.dueOn(), clock.warnOn(), today);
    }

    /** As {@link #mark}, of the days in which an office sends on what is not its own; it has none once it accepted. */
    static Mark transferMark(Standing standing, LocalDate today, WorkingDays calendar) {
        var lastDay = standing.transferBy();
        return lastDay == null ? Mark.NONE : mark(lastDay, Due.warnOn(lastDay, calendar), today);
    }

    private static Mark mark(LocalDate lastDay, LocalDate warnOn, LocalDate today) {
        if (today.isBefore(warnOn)) {
            return Mark.NONE;
        }
        return today.isAfter(lastDay) ? Mark.OVERDUE : Mark.WARNING;
    }

    /**
     * The office that answers: of the category's level where the area is known that closely, of the next wider one
     * otherwise, and never the one that a report names. Empty where that is the widest of all.
     *
     * @param areaCode where it happened; null where that was not said
     */
    static Optional<OfficeRef> route(
            String level, @Nullable String areaCode, String cityCode, @Nullable OfficeRef named) {
        var area = areaCode == null ? cityCode.substring(0, CITY_DIGITS) : areaCode;
        var next = Optional.of(level);
        while (next.isPresent()) {
            var digits = digits(next.get());
            if (area.length() >= digits) {
                var office = new OfficeRef(next.get(), area.substring(0, digits));
                if (!office.equals(named)) {
                    return Optional.of(office);
                }
            }
            next = wider(next.get());
        }
        return Optional.empty();
    }

    /** The next higher office, which reviews what this one answered; the city's own where there is none. */
    static OfficeRef above(OfficeRef office) {
        return wider(office.level())
                .map(level -> new OfficeRef(level, office.areaCode().substring(0, digits(level))))
                .orElse(office);
    }

    private static Optional<String> wider(String level) {
        if (level.equals("civil-affairs")) {
            return Optional.of("city");
        }
        var next = LEVELS.indexOf(level) + 1;
        return next < LEVELS.size() ? Optional.of(LEVELS.get(next)) : Optional.empty();
    }

    private static int digits(String level) {
        return Optional.ofNullable(DIGITS.get(level)).orElseThrow();
    }

    /** Where everything comes that no office takes: the city's own. */
    static OfficeRef intake(String cityCode) {
        return new OfficeRef("city", cityCode.substring(0, CITY_DIGITS));
    }

    /** Whether an area code has the length of its level. */
    static boolean fits(OfficeRef office, String cityCode) {
        return office.areaCode().length() == digits(office.level())
                && office.areaCode().startsWith(cityCode.substring(0, CITY_DIGITS));
    }

    static boolean isJoinable(boolean categoryIs, ComplaintKind kind, @Nullable Subject subject) {
        return categoryIs && kind != ComplaintKind.REPORT && (subject == null || SHARED.contains(subject.type()));
    }

    /** What a complaint is about, as one text: two with the same one are about the same thing. */
    static String about(String cityCode, @Nullable String areaCode, @Nullable Subject subject, Content content) {
        if (subject == null) {
            return cityCode + "/area/" + areaCode;
        }
        var office = content.office();
        var place = office == null ? "" : office.level() + "/" + office.areaCode();
        return String.join(
                "/",
                cityCode,
                subject.type().id(),
                subject.type().isThing() ? String.valueOf(subject.id()) : place,
                content.personName() == null ? "" : plain(content.personName()));
    }

    /** A name as it is compared: without blanks and in one width. */
    static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("\\s", "");
    }

    /**
     * The time that is kept of something that happened to a complaint: of a report only the day, also inside of ids, so
     * that nobody who knows when a person was online finds out who reported.
     */
    static Instant keptTime(ComplaintKind kind, Instant now) {
        return kind == ComplaintKind.REPORT ? Shanghai.startOf(Shanghai.date(now)) : now;
    }

    /** Whether an office is that of a wider area than this one, or this one itself. */
    static boolean covers(Office office, String areaCode) {
        return areaCode.startsWith(office.areaCode());
    }

    /** The stage that begins with the filing. */
    static Stage firstStage(boolean tellsAcceptance) {
        return tellsAcceptance ? Stage.ACCEPT : Stage.HANDLE;
    }

    /** How much of their pairs of neighbouring characters two texts share, in thousandths (Dice). */
    static int nearness(String one, String other) {
        var left = pairs(one);
        var right = pairs(other);
        int shared = 0;
        for (var pair : left.entrySet()) {
            shared += Math.min(pair.getValue(), right.getOrDefault(pair.getKey(), 0));
        }
        int all = left.values().stream().mapToInt(Integer::intValue).sum()
                + right.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : 2 * shared * THOUSAND / all;
    }

    private static Map<String, Integer> pairs(String text) {
        var letters = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .toArray();
        var pairs = new HashMap<String, Integer>();
        for (int i = 0; i + 1 < letters.length; i++) {
            pairs.merge(new String(letters, i, 2), 1, Integer::sum);
        }
        return pairs;
    }
}
