package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so much work of one kind be under way at once; the rest waits for its turn, first come, first served.
 *
 * <p>Work that goes before takes no turn and never waits; while any is under way, fewer turns are given to the others.
 *
 * <p>A turn always comes back: with the end of the work, however it ends; with work that throws; from whoever gave up
 * waiting, went away or whose event loop is gone; and from work that never ends, after {@link Limits#longest}.
 */
public final class Turns {
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    /** In the order in which they began. */
    private final Set<Turn> underWay = new LinkedHashSet<>();
    /** Who goes before, in the order in which they began. */
    private final Set<Turn> before = new LinkedHashSet<>();

    /**
     * What may be under way and wait.
     *
     * @param most under way at once
     * @param mostBeside the same while work that goes before is under way
     * @param mostWaiting who comes then is asked to come again (503)
     * @param patience after which one who waits is asked to come again
     * @param longest after which work that others wait for gives its turn away; it goes on beside the others
     */
    public record Limits(int most, int mostBeside, int mostWaiting, Duration patience, Duration longest) {
        /** For work that nothing goes before. */
        public Limits(int most, int mostWaiting, Duration patience, Duration longest) {
            this(most, most, mostWaiting, patience, longest);
        }
    }

    /** Nobody has a turn yet. */
    public Turns(Limits limits) {
        this(limits, System::nanoTime);
    }

    Turns(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Leave to work; told apart by identity. */
    private static final class Turn {
        final long sinceNanos;

        Turn(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }

        /** The machine's own is a call out of Java for each turn. */
        @Override
        public int hashCode() {
            return Long.hashCode(sinceNanos);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    /** Begins the work when it is its turn; refuses where too many wait already. */
    public <T> Future<T> take(Supplier<Future<T>> work) {
        return take(work, leave -> {});
    }

    /**
     * The same for somebody who may go away: nobody waits in their place.
     *
     * @param goingAway is given, where they come to wait, what is to be called when they go away; on their event loop
     */
    <T> Future<T> take(Supplier<Future<T>> work, Consumer<Runnable> goingAway) {
        Turn turn = null;
        Waiting<T> later = null;
        synchronized (this) {
            if (hasFree() && waiting.isEmpty()) {
                turn = begin();
            } else if (waiting.size() < limits.mostWaiting()) {
                later = new Waiting<>(work);
                waiting.add(later);
            }
        }
        if (turn != null) {
            return run(turn, work);
        }
        return later == null ? Future.failedFuture(comeAgain()) : later.patiently(goingAway);
    }

    /** Begins the work at once, whoever waits; until it ends, fewer turns are given. */
    public <T> Future<T> goBefore(Supplier<Future<T>> work) {
        var turn = new Turn(nanoTime.getAsLong());
        synchronized (this) {
            before.add(turn);
        }
        return begun(work).onComplete(ended -> {
            synchronized (this) {
                before.remove(turn);
            }
            passOn();
        });
    }

    private synchronized boolean hasFree() {
        // what does not come to an end must not hold the others back for ever
        before.removeIf(turn -> isOver(turn.sinceNanos, limits.longest()));
        return underWay.size() < (before.isEmpty() ? limits.most() : limits.mostBeside());
    }

    private synchronized Turn begin() {
        var turn = new Turn(nanoTime.getAsLong());
        underWay.add(turn);
        return turn;
    }

    private <T> Future<T> run(Turn turn, Supplier<Future<T>> work) {
        return begun(work).onComplete(ended -> end(turn));
    }

    private static <T> Future<T> begun(Supplier<Future<T>> work) {
        try {
            return Objects.requireNonNull(work.get(), "work that gives nothing to wait for");
        } catch (Throwable e) {
            // whatever it was: the turn must come back, and whoever asked must be told
            return Future.failedFuture(e);
        }
    }

    /** Work whose turn was taken away has none to give back. */
    private void end(Turn turn) {
        boolean isFree;
        synchronized (this) {
            isFree = underWay.remove(turn);
        }
        if (isFree) {
            passOn();
        }
    }

    /** Gives the turns that are free to the first of those who wait and still want one. */
    private void passOn() {
        while (true) {
            Waiting<?> next;
            Turn turn;
            synchronized (this) {
                next = hasFree() ? waiting.poll() : null;
                if (next == null) {
                    return;
                }
                turn = begin();
            }
            if (!next.goOn(turn)) {
                synchronized (this) {
                    underWay.remove(turn);
                }
            }
        }
    }

    /** Takes their turns from those who do not come to an end: what they wait for must not keep all others out. */
    void recall() {
        var recalled = new ArrayList<Turn>();
        synchronized (this) {
            underWay.stream()
                    .filter(turn -> isOver(turn.sinceNanos, limits.longest()))
                    .forEach(recalled::add);
        }
        recalled.forEach(this::end);
        passOn();
    }

    private boolean isOver(long sinceNanos, Duration limit) {
        return nanoTime.getAsLong() - sinceNanos >= limit.toNanos();
    }

    private Refusal comeAgain() {
        var seconds = Long.toString(Math.max(1, limits.patience().toSeconds()));
        return Refusal.of(PlatformProblem.UNAVAILABLE, Map.of(Refusal.RETRY_AFTER_SECONDS, seconds));
    }

    /** How many wait, for whoever watches the server. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How many have a turn. */
    synchronized int underWay() {
        return underWay.size();
    }

    /** Somebody waiting: on an event loop with a timer; elsewhere it is seen when a turn comes that they waited too long. */
    private final class Waiting<T> {
        private final Supplier<Future<T>> work;
        private final @Nullable Context home = Vertx.currentContext();
        private final Promise<T> answer = Promise.promise();
        private final long sinceNanos = nanoTime.getAsLong();
        private @Nullable Long timer;

        Waiting(Supplier<Future<T>> work) {
            this.work = work;
        }

        Future<T> patiently(Consumer<Runnable> goingAway) {
            if (home != null) {
                timer = home.owner().setTimer(Math.max(1, limits.patience().toMillis()), fired -> lose());
            }
            goingAway.accept(this::leave);
            return answer.future();
        }

        /** So long without a turn: whoever has one may have to be looked at. */
        private void lose() {
            if (gaveUpPlace()) {
                answer.fail(comeAgain());
                recall();
            }
        }

        private void leave() {
            if (gaveUpPlace()) {
                cancelTimer();
                answer.fail(comeAgain());
            }
        }

        /** Not who has a turn by now. */
        private boolean gaveUpPlace() {
            synchronized (Turns.this) {
                return waiting.remove(this);
            }
        }

        private void cancelTimer() {
            if (home != null && timer != null) {
                home.owner().cancelTimer(timer);
            }
        }

        /** Takes a turn, or leaves it to the next: who has waited too long is refused. */
        boolean goOn(Turn turn) {
            if (isOver(sinceNanos, limits.patience())) {
                atHome(() -> answer.fail(comeAgain()));
                return false;
            }
            return atHome(() -> run(turn, work).onComplete(answer));
        }

        private boolean atHome(Runnable step) {
            if (home == null) {
                step.run();
                return true;
            }
            try {
                home.runOnContext(now -> {
                    cancelTimer();
                    step.run();
                });
                return true;
            } catch (RejectedExecutionException gone) {
                answer.fail(gone);
                return false;
            }
        }
    }
}
