package io.anju.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** It writes to the process's standard output, which is another one meanwhile: alone. */
@Isolated
@SuppressWarnings("SystemOut")
class BatchAppenderTest {
    private static final int MOST_WAITING = 8192;

    private final PrintStream console = System.out;
    private final LoggerContext context = new LoggerContext();
    private final BatchAppender appender = new BatchAppender();
    private final Logger log = context.getLogger("test");

    private void start(OutputStream out) {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        var encoder = new PatternLayoutEncoder();
        context.setMDCAdapter(new LogbackMDCAdapter());
        encoder.setContext(context);
        encoder.setPattern("%level %msg %kvp{NONE}%n");
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void giveBack() {
        context.stop();
        System.setOut(console);
    }

    @Test
    void every_line_of_every_thread_is_there_at_the_end_in_the_order_of_its_thread() throws InterruptedException {
        var out = new ByteArrayOutputStream();
        start(out);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            var thread = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    log.atInfo().addKeyValue("i", i).log("thread {} 安", number);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        appender.stop();
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(4000);
        for (int t = 0; t < 4; t++) {
            var prefix = "INFO thread " + t + " 安 i=";
            assertThat(lines.stream().filter(line -> line.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1000).mapToObj(i -> prefix + i).toList());
        }
    }

    @Test
    void lines_come_after_a_pause_too() throws InterruptedException {
        var written = new Writes();
        start(written);
        for (int i = 1; i <= 5; i++) {
            log.info("line {}", i);
            written.awaitLines(i);
        }
        assertThat(written.lines()).hasSize(5);
    }

    @Test
    void a_console_that_takes_nothing_holds_nobody_up_and_what_was_lost_is_told() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var written = new Writes() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.write(bytes, from, length);
            }
        };
        start(written);
        log.info("first");
        int sent = 3 * MOST_WAITING;
        for (int i = 0; i < sent; i++) {
            log.info("request {}", i);
        }
        log.warn("a warning has room");
        gate.countDown();
        appender.stop();
        var lines = written.lines();
        var told =
                lines.stream().filter(line -> line.contains("lines were lost")).toList();
        assertThat(told).hasSize(1);
        int lost = Integer.parseInt(told.get(0).replaceAll("\\D", ""));
        assertThat(lines).contains("WARN a warning has room ");
        assertThat(lost).isBetween(1, sent - MOST_WAITING);
        assertThat(lines).hasSize(1 + sent - lost + 1 + 1);
    }

    @Test
    void a_line_that_cannot_be_made_does_not_end_the_log() {
        var out = new ByteArrayOutputStream();
        start(out);
        log.atLevel(org.slf4j.event.Level.INFO).log("bad {}", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        });
        log.error("the next");
        appender.stop();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("ERROR the next");
        assertThat(log.isEnabledFor(Level.ERROR)).isTrue();
    }

    /** What was written. */
    private static class Writes extends OutputStream {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            all.write(bytes, from, length);
            notifyAll();
        }

        synchronized List<String> lines() {
            return all.toString(StandardCharsets.UTF_8).lines().toList();
        }

        synchronized void awaitLines(int count) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (lines().size() < count && System.nanoTime() < end) {
                wait(100);
            }
        }
    }
}
