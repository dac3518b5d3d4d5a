package io.anju.platform.http;

import io.anju.platform.time.Shanghai;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of ours in operations that leave no trace. A line in the log has a time, and somebody who knows who was online
 * then would know who called; so they are told on a day after, all of one day together and in an order drawn by lot.
 * {@link KeptFailures} takes those of the day on which a server is stopped; where it is killed they are lost.
 */
public final class LateFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LateFailures.class);
    /** Of more than these the first tell enough. */
    static final int MOST = 50;

    private static final int MOST_CHARS = 4_000;

    /** @param trace what it was and where, without when */
    record Kept(LocalDate day, String trace) {}

    private List<Kept> waiting = new ArrayList<>();
    /** When the first of them may be told; looked at by every request, and far away most of the time. */
    private volatile long tellFromSecond = Long.MAX_VALUE;

    synchronized void keep(Throwable failure, Instant now) {
        if (waiting.size() < MOST) {
            var day = Shanghai.date(now);
            waiting.add(new Kept(day, trace(failure)));
            tellFromSecond =
                    Math.min(tellFromSecond, Shanghai.startOf(day.plusDays(1)).getEpochSecond());
        }
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer()
                .substring(0, Math.min(MOST_CHARS, text.getBuffer().length()));
    }

    void tellEarlier(Instant now) {
        if (now.getEpochSecond() >= tellFromSecond) {
            var today = Shanghai.date(now);
            tell(drain(), today).forEach(this::putBack);
        }
    }

    private synchronized void putBack(Kept kept) {
        waiting.add(kept);
        tellFromSecond = Math.min(
                tellFromSecond, Shanghai.startOf(kept.day().plusDays(1)).getEpochSecond());
    }

    /** Gives those that were not told yet, and has none any more. */
    synchronized List<Kept> drain() {
        var drained = waiting;
        waiting = new ArrayList<>();
        tellFromSecond = Long.MAX_VALUE;
        return drained;
    }

    /** Tells those of days before, and gives the others. */
    static List<Kept> tell(List<Kept> kept, LocalDate today) {
        var told = new ArrayList<>(
                kept.stream().filter(one -> one.day().isBefore(today)).toList());
        Collections.shuffle(told);
        told.forEach(one -> LOG.error("a request failed on a day before: {}", one.trace()));
        return kept.stream().filter(one -> !one.day().isBefore(today)).toList();
    }
}
