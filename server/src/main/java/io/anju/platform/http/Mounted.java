package io.anju.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A route with everything about it that need not be found out again for each request. */
final class Mounted {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int CLASSES = 6;

    private final Route route;
    private final boolean takesUpload;
    private final Timer[] timers = new Timer[CLASSES];

    Mounted(Route route, MeterRegistry meters) {
        this.route = route;
        this.takesUpload =
                route.operation().consumes().stream().anyMatch(type -> !type.equals(Reply.JSON) && !type.equals(FORM));
        for (int i = 1; i < CLASSES && !route.operation().leavesNoTrace(); i++) {
            timers[i] = timer(route.operation().id(), i + "xx", meters);
        }
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
        timers[status / 100].record(nanos, TimeUnit.NANOSECONDS);
    }

    private static Timer timer(String operation, String status, MeterRegistry meters) {
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
