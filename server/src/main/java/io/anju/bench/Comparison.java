package io.anju.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Rounds of the same load on a server and on a bare handler; of each figure the median counts. */
final class Comparison {
    private final ChildServer server;
    private final ChildServer handler;
    private final List<Round> real = new ArrayList<>();
    private final List<Round> bare = new ArrayList<>();

    Comparison(ChildServer server, ChildServer handler) {
        this.server = server;
        this.handler = handler;
    }

    /** Processor time of one answer and median latency, in microseconds. */
    private record Round(double cpuMicros, double p50Micros, double perSecond) {}

    /** A round on the server. */
    void real(Supplier<Load.Outcome> load) {
        real.add(measured(server, load));
    }

    /** A round on the handler. */
    void bare(Supplier<Load.Outcome> load) {
        bare.add(measured(handler, load));
    }

    private static Round measured(ChildServer server, Supplier<Load.Outcome> load) {
        var before = server.cpu();
        var outcome = load.get();
        var used = server.cpu().minus(before);
        return new Round(used.toNanos() / 1e3 / outcome.answers(), outcome.p50Micros(), outcome.perSecond());
    }

    /** Adds each figure of the server beside that of the handler. */
    void report(String name, Results results) {
        report(results, name, "server CPU", "µs", Round::cpuMicros);
        report(results, name, "p50", "µs", Round::p50Micros);
        report(results, name, "rate", "/s", Round::perSecond);
    }

    private void report(Results results, String name, String figure, String unit, ToDoubleFunction<Round> of) {
        var base = name + ", bare: " + figure;
        results.add(base, median(bare, of), unit, bare.size());
        results.add(name + ": " + figure, median(real, of), unit, real.size(), base);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        var median =
                rounds.stream().sorted(Comparator.comparingDouble(of)).toList().get(rounds.size() / 2);
        return of.applyAsDouble(median);
    }
}
