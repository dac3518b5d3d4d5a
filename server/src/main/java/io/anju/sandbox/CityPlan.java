package io.anju.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who applies when and how each story goes, before anything happens: the same for the same seed, number and day.
 *
 * @param stories by the time of their application
 */
record CityPlan(long seed, Instant end, List<Story> stories) {
    static final String MAIN_CITY = "370200";
    static final String SECOND_CITY = "320300";

    private static final Duration HISTORY = Duration.ofDays(2 * 365);
    /** Long enough for the slowest pipeline, so that the newest stories are met at every step of it. */
    private static final Duration RECENT = Duration.ofDays(56);

    private static final int RECENT_PERCENT = 20;
    private static final int SECOND_CITY_PERCENT = 10;

    CityPlan {
        stories = List.copyOf(stories);
    }

    /** How a story goes, and how many of a hundred go so. */
    enum Fate {
        WAITS(63),
        HOUSED(8),
        LEAVES(4),
        REFUSED(6),
        RE_REVIEWED(3),
        CORRECTED(4),
        CORRECTION_LAPSES(2),
        OBJECTION_DISMISSED(2),
        OBJECTION_UPHELD(1),
        WITHDRAWN(3),
        STAYS_A_DRAFT(4);

        private final int percent;

        Fate(int percent) {
            this.percent = percent;
        }

        private static Fate drawn(SplittableRandom random) {
            int drawn = random.nextInt(100);
            for (var fate : values()) {
                drawn -= fate.percent;
                if (drawn < 0) {
                    return fate;
                }
            }
            throw new IllegalStateException("the fates do not sum up to a hundred");
        }
    }

    /**
     * One household's story.
     *
     * @param number from 0; with the seed it decides everything about the household
     * @param patienceDays how long offices let it lie
     */
    record Story(int number, String cityCode, Instant appliesAt, Fate fate, int patienceDays) {}

    static CityPlan of(long seed, int households, Instant end) {
        var stories = new ArrayList<Story>(households);
        for (int number = 0; number < households; number++) {
            stories.add(story(seed, number, end));
        }
        stories.sort(Comparator.comparing(Story::appliesAt).thenComparing(Story::number));
        return new CityPlan(seed, end, stories);
    }

    private static Story story(long seed, int number, Instant end) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        boolean isRecent = random.nextInt(100) < RECENT_PERCENT;
        long latest = isRecent ? RECENT.toMinutes() : HISTORY.toMinutes();
        long earliest = isRecent ? 0 : RECENT.toMinutes();
        var before = Duration.ofMinutes(earliest + random.nextLong(latest - earliest));
        return new Story(
                number,
                random.nextInt(100) < SECOND_CITY_PERCENT ? SECOND_CITY : MAIN_CITY,
                end.minus(before),
                Fate.drawn(random),
                1 + random.nextInt(9) + (random.nextInt(25) == 0 ? 40 : 0));
    }

    /** The randomness of one story, the same whenever it is told. */
    SplittableRandom randomOf(Story story) {
        return new SplittableRandom(seed * 7_919 + story.number());
    }

    /** The first day of a history that ends then. */
    static Instant opening(Instant end) {
        return end.minus(HISTORY);
    }

    /** When the offices work: every second week at first, then every second day, last at the end. */
    List<Instant> days() {
        var days = new ArrayList<Instant>();
        var day = opening(end);
        while (day.isBefore(end)) {
            days.add(day);
            day = day.plus(day.isBefore(end.minus(RECENT)) ? Duration.ofDays(14) : Duration.ofDays(2));
        }
        days.add(end);
        return days;
    }
}
