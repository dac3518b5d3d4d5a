package io.anju.platform.http;

import io.anju.platform.time.Shanghai;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of ours in operations that leave no trace. A line in the log has a time, and somebody who knows who was online
 * then would know who called; so they are told on a day after, all of one day together and in an order drawn by lot.
 * Those of the day on which a server is stopped are lost with it.
 */
final class LateFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LateFailures.class);
    /** Of more than these the first tell enough. */
    private static final int MOST = 50;

    private record Kept(LocalDate day, Throwable failure) {}

    private final List<Kept> waiting = new ArrayList<>();
    /** When the first of them may be told; looked at by every request, and far away most of the time. */
    private volatile long tellFromSecond = Long.MAX_VALUE;

    synchronized void keep(Throwable failure, Instant now) {
        if (waiting.size() < MOST) {
            var day = Shanghai.date(now);
            waiting.add(new Kept(day, failure));
            tellFromSecond =
                    Math.min(tellFromSecond, Shanghai.startOf(day.plusDays(1)).getEpochSecond());
        }
    }

    void tellEarlier(Instant now) {
        if (now.getEpochSecond() >= tellFromSecond) {
            tell(Shanghai.date(now));
        }
    }

    private synchronized void tell(LocalDate today) {
        var told = new ArrayList<Throwable>();
        for (Iterator<Kept> each = waiting.iterator(); each.hasNext(); ) {
            var kept = each.next();
            if (kept.day().isBefore(today)) {
                told.add(kept.failure());
                each.remove();
            }
        }
        tellFromSecond = waiting.isEmpty()
                ? Long.MAX_VALUE
                : Shanghai.startOf(today.plusDays(1)).getEpochSecond();
        Collections.shuffle(told);
        told.forEach(failure -> LOG.atError().setCause(failure).log("a request failed on a day before"));
    }
}
