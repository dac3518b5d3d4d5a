package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets only so much work of one kind be under way at once; the rest waits for its turn, first come, first served. */
public final class Turns {
    private final int most;
    private final int mostWaiting;
    private final long patienceNanos;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Somebody waiting.
     *
     * @param home the event loop to go on upon
     * @param begin takes whether it is worth while: who has waited too long has given up, or should
     */
    private record Waiting(@Nullable Context home, long sinceNanos, Consumer<Boolean> begin) {}

    /**
     * Nobody has a turn yet.
     *
     * @param most under way at once
     * @param mostWaiting who comes then is asked to come again (503)
     * @param patience after which one who waits is asked to come again
     */
    public Turns(int most, int mostWaiting, Duration patience) {
        this.patienceNanos = patience.toNanos();
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /** Begins the work when it is its turn; refuses where too many wait already. */
    public <T> Future<T> take(Supplier<Future<T>> work) {
        Promise<T> turn;
        synchronized (this) {
            if (underWay < most) {
                underWay++;
                turn = null;
            } else if (waiting.size() >= mostWaiting) {
                return Refusal.failed(PlatformProblem.UNAVAILABLE);
            } else {
                Promise<T> later = Promise.promise();
                waiting.add(new Waiting(
                        Vertx.currentContext(),
                        System.nanoTime(),
                        inTime -> (inTime ? run(work) : Refusal.<T>failed(PlatformProblem.UNAVAILABLE))
                                .onComplete(later)));
                turn = later;
            }
        }
        return turn == null ? run(work) : turn.future();
    }

    private <T> Future<T> run(Supplier<Future<T>> work) {
        Future<T> result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            result = Future.failedFuture(e);
        }
        return result.onComplete(ended -> next());
    }

    private void next() {
        Waiting next;
        boolean inTime;
        do {
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    underWay--;
                    return;
                }
            }
            inTime = System.nanoTime() - next.sinceNanos() <= patienceNanos;
            begin(next, inTime);
        } while (!inTime);
    }

    private static void begin(Waiting one, boolean inTime) {
        var home = one.home();
        if (home == null) {
            one.begin().accept(inTime);
        } else {
            home.runOnContext(now -> one.begin().accept(inTime));
        }
    }

    /** How many wait, for whoever watches the server. */
    synchronized int waiting() {
        return waiting.size();
    }
}
