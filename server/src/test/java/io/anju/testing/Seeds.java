package io.anju.testing;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What random trials draw from: the same in every build, so that one commit has one verdict. {@code -Danju.seed=7} draws
 * others, and {@code -Danju.seed=random} others each time; each trial prints its seed, which replays it.
 */
public final class Seeds {
    private static final String SETTING = "anju.seed";
    private static final String ALWAYS = "20260101";

    private Seeds() {}

    /** The seed of one trial. */
    public static long of(Class<?> trial) {
        var asked = System.getProperty(SETTING, ALWAYS);
        var seed = asked.equals("random") ? ThreadLocalRandom.current().nextLong(1_000_000_000) : Long.parseLong(asked);
        System.out.println(trial.getSimpleName() + ": -D" + SETTING + "=" + seed);
        return seed;
    }
}
