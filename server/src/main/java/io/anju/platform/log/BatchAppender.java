package io.anju.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines to standard output, all of a moment in one piece, from a thread of its own.
 *
 * <p>Requests are logged on event loops. A queue that wakes its reader for every line, and a reader that writes every
 * line alone, took a fifth of the processor time of a small request; and whoever reads the console must never hold up
 * an event loop: where the queue is full lines are lost, and how many is told as soon as there is room.
 */
public final class BatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** A line is seen so much later at most, as long as the console takes lines. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 8192;
    /** Warnings and errors have room when requests have none left. */
    private static final int MOST_WARNINGS_WAITING = 2 * MOST_WAITING;

    private static final int PIECE_BYTES = 64 * 1024;

    private final Queue<ILoggingEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer = new Thread(this::write, "log");
    private volatile boolean isAsleep;
    private @Nullable Encoder<ILoggingEvent> encoder;

    /** What makes a line of an event; must be set before the start. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        if (encoder == null) {
            addError("the appender " + getName() + " has no encoder");
            return;
        }
        super.start();
        writer.setDaemon(true);
        writer.start();
    }

    /** Returns when all that was logged before is written, or the console has not taken it for some seconds. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        LockSupport.unpark(writer);
        try {
            writer.join(PATIENCE_AT_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        // what its thread knows must be read on its thread
        event.prepareForDeferredProcessing();
        int most = event.getLevel().isGreaterOrEqual(Level.WARN) ? MOST_WARNINGS_WAITING : MOST_WAITING;
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            lost.incrementAndGet();
            return;
        }
        queue.add(event);
        if (isAsleep) {
            isAsleep = false;
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        var piece = new ByteArrayOutputStream(PIECE_BYTES);
        while (isStarted()) {
            if (writeWaiting(piece)) {
                LockSupport.parkNanos(this, MOMENT.toNanos());
            } else {
                sleep();
            }
        }
        writeWaiting(piece);
    }

    /** Until somebody logs: a server without requests wakes for nothing. */
    private void sleep() {
        isAsleep = true;
        // who logged before seeing that we sleep has left it in the queue
        if (queue.isEmpty() && isStarted()) {
            LockSupport.park(this);
        }
        isAsleep = false;
    }

    /** Gives whether there was anything to write. */
    private boolean writeWaiting(ByteArrayOutputStream piece) {
        boolean any = false;
        for (var event = queue.poll(); event != null; event = queue.poll()) {
            any = true;
            waiting.decrementAndGet();
            encode(event, piece);
            if (piece.size() >= PIECE_BYTES) {
                flush(piece);
            }
        }
        long gone = lost.getAndSet(0);
        if (gone > 0) {
            encode(notice(gone), piece);
        }
        flush(piece);
        return any;
    }

    private void encode(ILoggingEvent event, ByteArrayOutputStream piece) {
        var known = encoder;
        if (known == null) {
            return;
        }
        try {
            piece.writeBytes(known.encode(event));
        } catch (RuntimeException e) {
            // a line that cannot be made must not end the log
            addError("a line could not be written", e);
        }
    }

    private ILoggingEvent notice(long gone) {
        Logger own = ((LoggerContext) getContext()).getLogger(BatchAppender.class);
        return new LoggingEvent(
                BatchAppender.class.getName(),
                own,
                Level.WARN,
                "{} lines were lost: the console did not take them",
                null,
                new Object[] {gone});
    }

    /** Looked up each time: a program may send its output elsewhere. */
    @SuppressWarnings("SystemOut")
    private static void flush(ByteArrayOutputStream piece) {
        if (piece.size() > 0) {
            var console = System.out;
            console.write(piece.toByteArray(), 0, piece.size());
            console.flush();
            piece.reset();
        }
    }
}
