package io.anju.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** What this instance counts and times, in the form that Prometheus reads. No label ever holds personal data. */
public final class Meters implements AutoCloseable {
    /** Of the driver's clients, which are no domain of the library's list. */
    private static final String STATEMENTS = "sql";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        // background work counts in the process's registry, whoever runs it
        Metrics.addRegistry(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Gives a Vert.x that reports its pools here. Its other measurements stay off: requests are timed by operation at
     * the edge, and twice would be paid for on every request.
     */
    public Vertx vertx(VertxOptions options) {
        var others = EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS)).stream()
                .map(MetricsDomain::toCategory)
                .collect(Collectors.toSet());
        others.add(STATEMENTS);
        options.setMetricsOptions(
                new MicrometerMetricsOptions().setEnabled(true).setDisabledMetricsCategories(others));
        return Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    /** The text that Prometheus collects. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        garbage.close();
        registry.close();
    }
}
