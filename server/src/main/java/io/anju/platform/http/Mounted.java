package io.anju.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A route with everything about it that need not be found out again for each request. */
final class Mounted {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int CLASSES = 6;

    private final Route route;
    private final boolean takesUpload;
    private final MeterRegistry meters;
    private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(CLASSES);

    Mounted(Route route, MeterRegistry meters) {
        this.route = route;
        this.meters = meters;
        this.takesUpload =
                route.operation().consumes().stream().anyMatch(type -> !type.equals(Reply.JSON) && !type.equals(FORM));
    }

    Operation operation() {
        return route.operation();
    }

    Route.Handler handler() {
        return route.handler();
    }

    boolean takesBody() {
        return !route.operation().consumes().isEmpty();
    }

    boolean takesUpload() {
        return takesUpload;
    }

    void record(int status, long nanos) {
        int group = status / 100;
        var timer = timers.get(group);
        if (timer == null) {
            // several may come first at once: the registry gives all of them the same one
            timer = timer(operation().id(), group + "xx");
            timers.set(group, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Made when there is something to measure: hundreds of operations by classes of status would be scraped as zeros. */
    private Timer timer(String operation, String status) {
        return Timer.builder("anju.http.requests")
                .description("Time from the first byte of a request's head to the answer, by operation")
                .tag("operation", operation)
                .tag("status", status)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(meters);
    }
}
