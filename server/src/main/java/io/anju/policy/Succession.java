package io.anju.policy;

import io.anju.platform.problem.Finding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How new rules fit behind and before those that the programme has: never in the past, on no day beside others, and
 * without a day that has none.
 *
 * @param findings what stands in the way; empty where the rules can follow
 * @param toEnd the rules without an end whose last day becomes the day before; null where there are none
 */
record Succession(List<Finding> findings, @Nullable Period toEnd) {
    private static final String PLACE = "/file";

    Succession {
        findings = List.copyOf(findings);
    }

    /** A version of the same programme; {@code to} is null while no end is set. */
    record Period(
            String digest,
            String version,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** @param others every version of the programme that was, is, or comes into force */
    static Succession of(PolicyMeta meta, String digest, List<Period> others, LocalDate today) {
        var findings = new ArrayList<Finding>();
        if (!meta.effectiveFrom().isAfter(today)) {
            findings.add(finding(
                    PolicyProblem.POLICY_BEGINS_TOO_EARLY,
                    Map.of("from", meta.effectiveFrom().toString(), "today", today.toString())));
        }
        if (others.stream().anyMatch(other -> other.digest().equals(digest))) {
            findings.add(finding(PolicyProblem.POLICY_KNOWN, Map.of()));
            return new Succession(findings, null);
        }
        if (others.stream().anyMatch(other -> other.version().equals(meta.version()))) {
            findings.add(finding(PolicyProblem.POLICY_VERSION_TAKEN, Map.of("version", meta.version())));
        }
        var before = before(meta.effectiveFrom(), others);
        before.flatMap(other -> behind(other, meta)).ifPresent(findings::add);
        after(meta.effectiveFrom(), others)
                .flatMap(other -> ahead(meta.effectiveTo(), other))
                .ifPresent(findings::add);
        return new Succession(
                findings, before.filter(other -> other.to() == null).orElse(null));
    }

    private static Optional<Period> before(LocalDate first, List<Period> others) {
        return others.stream().filter(other -> other.from().isBefore(first)).max(Comparator.comparing(Period::from));
    }

    private static Optional<Period> after(LocalDate first, List<Period> others) {
        return others.stream().filter(other -> !other.from().isBefore(first)).min(Comparator.comparing(Period::from));
    }

    /** Rules without an end are given one; those that have one end the day before, or the city knows of the gap. */
    private static Optional<Finding> behind(Period other, PolicyMeta meta) {
        var first = meta.effectiveFrom();
        var last = other.to();
        if (last == null) {
            return Optional.empty();
        }
        if (!last.isBefore(first)) {
            return Optional.of(overlap(other));
        }
        return last.plusDays(1).equals(first) || meta.gapBefore()
                ? Optional.empty()
                : Optional.of(gap(last.plusDays(1), first));
    }

    private static Optional<Finding> ahead(@Nullable LocalDate last, Period other) {
        if (last == null || !last.isBefore(other.from())) {
            return Optional.of(overlap(other));
        }
        return last.plusDays(1).equals(other.from())
                ? Optional.empty()
                : Optional.of(gap(last.plusDays(1), other.from()));
    }

    private static Finding overlap(Period other) {
        var last = other.to();
        var args = Map.of(
                "version", other.version(),
                "from", other.from().toString(),
                "to", last == null ? "…" : last.toString());
        return finding(PolicyProblem.POLICY_PERIODS_OVERLAP, args);
    }

    private static Finding gap(LocalDate from, LocalDate next) {
        var args = Map.of("from", from.toString(), "to", next.minusDays(1).toString());
        return finding(PolicyProblem.POLICY_PERIODS_GAP, args);
    }

    private static Finding finding(PolicyProblem code, Map<String, String> args) {
        return new Finding(PLACE, code, args);
    }
}
