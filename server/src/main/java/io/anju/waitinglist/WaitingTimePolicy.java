package io.anju.waitinglist;

import io.anju.waitinglist.Registration.ExitType;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When homes will have gone as far as a place: whole months of the past are drawn at random and put together to futures,
 * and the range holds what eight of ten of them say.
 *
 * <p>The soonest month counts everybody who leaves as if they all stood ahead; the latest counts the housed alone. Who
 * enters ahead later is not foreseen: {@link #check} tells what that, and everything else, does to the answer.
 */
final class WaitingTimePolicy {
    static final String METHOD = "resampled-monthly-flow-1";

    /** Older months say little about homes to come. */
    static final int WINDOW_MONTHS = 24;
    /** A list that is younger has seen too few seasons. */
    static final int LEAST_MONTHS = 12;
    /** Two homes a month on the average of the whole window. */
    static final int LEAST_HOUSED = 24;

    static final int HORIZON_MONTHS = 240;
    /** Below this, a share of right answers says nothing. */
    static final int LEAST_CHECKED = 30;

    private static final int FUTURES = 400;
    private static final int TENTH = FUTURES / 10;
    /** Any number does; a fixed one makes the same past give the same answer. */
    private static final long SEED = 19_491_001L;

    private WaitingTimePolicy() {}

    /** What left a list in one month. */
    record Month(int housed, int otherwise) {}

    /**
     * A household that has left.
     *
     * @param number of its registration
     * @param homeRooms of the home that it got or was offered; none where it is not known
     */
    record Departed(
            long number,
            LocalDate on,
            ExitType type,
            @Nullable Integer homeRooms) {}

    /**
     * How far homes go.
     *
     * @param months whole months that it was taken from
     * @param housed in these months
     * @param soonest places that are gone after each month to come, in one future of ten
     * @param latest the same in nine of ten
     */
    record Flow(int months, int housed, List<Integer> soonest, List<Integer> latest) {
        Flow {
            soonest = List.copyOf(soonest);
            latest = List.copyOf(latest);
        }
    }

    /** @param latest none where it lies beyond the horizon */
    record Range(int soonest, @Nullable Integer latest) {
        boolean holds(int month) {
            return month >= soonest && (latest == null || month <= latest);
        }
    }

    /** What past answers were worth. */
    record Verdict(int checked, int hits) {
        static final Verdict NONE = new Verdict(0, 0);

        Verdict plus(Verdict other) {
            return new Verdict(checked + other.checked, hits + other.hits);
        }
    }

    /**
     * The flow as it is known on the first of a month; none where there is too little of it.
     *
     * @param began day of the list's first registration
     * @param homeRooms 0 takes all; a size is only taken where that of nearly all the housed is known
     */
    static Optional<Flow> flow(Collection<Departed> departed, LocalDate began, LocalDate month, int homeRooms) {
        var first = began.getDayOfMonth() == 1 ? began : began.withDayOfMonth(1).plusMonths(1);
        int length = (int) Math.min(WINDOW_MONTHS, ChronoUnit.MONTHS.between(first, month));
        if (length < LEAST_MONTHS) {
            return Optional.empty();
        }
        var from = month.minusMonths(length);
        var recent = departed.stream()
                .filter(one -> !one.on().isBefore(from) && one.on().isBefore(month))
                .toList();
        var counted = homeRooms == 0
                ? recent
                : recent.stream().filter(one -> isOf(one, homeRooms)).toList();
        long housed = housed(counted);
        boolean sizesAreKnown = homeRooms == 0
                || 20
                                * housed(recent.stream()
                                        .filter(one -> one.homeRooms() == null)
                                        .toList())
                        <= housed(recent);
        return housed < LEAST_HOUSED || !sizesAreKnown
                ? Optional.empty()
                : Optional.of(futures(months(counted, from, length), (int) housed));
    }

    private static boolean isOf(Departed one, int homeRooms) {
        var rooms = one.homeRooms();
        return rooms != null && rooms == homeRooms;
    }

    private static long housed(Collection<Departed> departed) {
        return departed.stream().filter(one -> one.type() == ExitType.HOUSED).count();
    }

    private static List<Month> months(List<Departed> departed, LocalDate from, int length) {
        var housed = new int[length];
        var otherwise = new int[length];
        for (var one : departed) {
            int month = (int) ChronoUnit.MONTHS.between(from, one.on());
            (one.type() == ExitType.HOUSED ? housed : otherwise)[month]++;
        }
        var months = new ArrayList<Month>(length);
        for (int i = 0; i < length; i++) {
            months.add(new Month(housed[i], otherwise[i]));
        }
        return months;
    }

    private static Flow futures(List<Month> past, int housed) {
        var random = new SplittableRandom(SEED);
        var gone = new int[FUTURES];
        var goneByHomes = new int[FUTURES];
        var soonest = new ArrayList<Integer>(HORIZON_MONTHS);
        var latest = new ArrayList<Integer>(HORIZON_MONTHS);
        for (int month = 0; month < HORIZON_MONTHS; month++) {
            for (int future = 0; future < FUTURES; future++) {
                var drawn = past.get(random.nextInt(past.size()));
                goneByHomes[future] += drawn.housed();
                gone[future] += drawn.housed() + drawn.otherwise();
            }
            soonest.add(ranked(gone, FUTURES - TENTH));
            latest.add(ranked(goneByHomes, TENTH));
        }
        return new Flow(past.size(), housed, soonest, latest);
    }

    private static int ranked(int[] values, int place) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[place];
    }

    /** In which months to come homes reach whoever has so many ahead; none where even the soonest is beyond the horizon. */
    static Optional<Range> range(Flow flow, int ahead) {
        int soonest = firstMonth(flow.soonest(), ahead);
        int latest = firstMonth(flow.latest(), ahead);
        return soonest > HORIZON_MONTHS
                ? Optional.empty()
                : Optional.of(new Range(soonest, latest > HORIZON_MONTHS ? null : latest));
    }

    private static int firstMonth(List<Integer> gone, int ahead) {
        int low = 0;
        int high = gone.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (gone.get(middle) <= ahead) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == gone.size() ? HORIZON_MONTHS + 1 : low + 1;
    }

    /**
     * Whether an answer was right. It only counts once its whole range has run out, whatever has happened before: counting
     * the housed sooner would count the lucky ones alone. Who left otherwise proves nothing.
     *
     * @param told the first of the month for which it was told
     * @param outcome how the household left, where it has
     */
    static Verdict check(Range range, LocalDate told, @Nullable Departed outcome, LocalDate month) {
        var latest = range.latest();
        if (latest == null || told.plusMonths(latest).isAfter(month)) {
            return Verdict.NONE;
        }
        if (outcome == null || !outcome.on().isBefore(month)) {
            return new Verdict(1, 0);
        }
        if (outcome.type() != ExitType.HOUSED || outcome.on().isBefore(told)) {
            return Verdict.NONE;
        }
        int waited = (int) ChronoUnit.MONTHS.between(told, outcome.on()) + 1;
        return new Verdict(1, range.holds(waited) ? 1 : 0);
    }
}
