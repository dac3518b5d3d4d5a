package io.anju.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Everything that the server logs while this is open, in the form that production writes. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root;
    private final Logger ours;
    private final JsonEncoder encoder = new JsonEncoder();
    private final StringBuilder text = new StringBuilder();

    private LogCapture(LoggerContext context) {
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.ours = context.getLogger("io.anju");
        setContext(context);
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
    }

    /** Listens to everything from this level on. */
    public static LogCapture from(Level level) {
        var capture = new LogCapture((LoggerContext) LoggerFactory.getILoggerFactory());
        capture.encoder.start();
        capture.start();
        capture.root.addAppender(capture);
        // what is captured need not be on the console too
        capture.ours.setAdditive(false);
        capture.ours.addAppender(capture);
        capture.ours.setLevel(level);
        return capture;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        text.append(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    /** One JSON object on each line. */
    public synchronized String text() {
        return text.toString();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
        stop();
    }
}
