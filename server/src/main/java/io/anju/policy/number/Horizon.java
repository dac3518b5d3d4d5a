package io.anju.policy.number;

/**
 * How long what was computed stays true: every number that runs with the days, and every comparison of such numbers,
 * narrows it to the last day on which it still says the same.
 */
public final class Horizon {
    /** Nothing is foreseen further than this. */
    public static final int MOST_DAYS = 36_525;

    private long days = MOST_DAYS;

    /** What was computed holds for no more than so many days after today. */
    public void atMost(long daysFromToday) {
        days = Math.max(0, Math.min(days, daysFromToday));
    }

    /** What was computed holds today, and nothing is known of tomorrow. */
    public void endsToday() {
        days = 0;
    }

    public int days() {
        return (int) days;
    }
}
