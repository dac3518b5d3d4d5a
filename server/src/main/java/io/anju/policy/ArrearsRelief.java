package io.anju.policy;

import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What eases arrears: pauses, a deferral (缓缴), payment by instalments (分期).
 *
 * @param deferral null where the document grants none
 * @param instalments null where the document grants none
 * @param pauses the most days of a pause for each reason that allows one
 */
public record ArrearsRelief(
        @Nullable Deferral deferral, @Nullable Instalments instalments, Map<PauseReason, Integer> pauses) {
    private static final int MAX_DAYS = 1_000;
    private static final int MAX_INSTALMENTS = 36;
    private static final int MAX_A_YEAR = 12;
    private static final int HUNDRED = 100;

    static final ArrearsRelief NONE = new ArrearsRelief(null, null, Map.of());

    public ArrearsRelief {
        pauses = Map.copyOf(pauses);
    }

    /** Why nothing is done for a time. */
    public enum PauseReason {
        COMPLAINT,
        DEFERRAL,
        PLAN,
        HOSPITAL,
        DEATH,
        OTHER
    }

    /**
     * @param longestDays from the day of the decision
     * @param timesAYear how often one is granted within a year
     */
    public record Deferral(int longestDays, int timesAYear) {}

    /**
     * @param most how many instalments, one a month
     * @param firstPercent the least part of the debt that the first one pays
     * @param breachAfterDays days after which one that is not paid ends the plan
     */
    public record Instalments(int most, int firstPercent, int breachAfterDays) {}

    /** One part of a debt and the day by which it is to be paid. */
    public record Part(LocalDate dueOn, long fen) {}

    public Optional<Integer> longestPause(PauseReason reason) {
        return Optional.ofNullable(pauses.get(reason));
    }

    /**
     * A debt in monthly parts: the first at least the rules' share, the rest even, what does not divide with the last.
     *
     * @param firstOn when the first is due
     */
    public static List<Part> parts(Instalments rules, long debtFen, int count, LocalDate firstOn) {
        if (debtFen < count || count < 1 || count > rules.most()) {
            throw new IllegalArgumentException(count + " instalments of " + debtFen + " fen");
        }
        var least = -Math.floorDiv(-Math.multiplyExact(debtFen, (long) rules.firstPercent()), (long) HUNDRED);
        var first = Math.max(debtFen / count, least);
        var parts = new ArrayList<Part>();
        var left = debtFen;
        for (var number = 0; number < count && left > 0; number++) {
            var even = number == 0 ? first : (debtFen - first) / (count - 1);
            var fen = number == count - 1 ? left : Math.min(even, left);
            parts.add(new Part(firstOn.plusMonths(number), fen));
            left -= fen;
        }
        return List.copyOf(parts);
    }

    static ArrearsRelief read(YamlNode node) {
        node.onlyKeys("deferral", "instalments", "pauses");
        var seen = new HashSet<PauseReason>();
        var pauses = new EnumMap<PauseReason, Integer>(PauseReason.class);
        node.find("pauses")
                .ifPresent(list -> list.list(pause -> {
                    pause.onlyKeys("reason", "longestDays");
                    var reason = pause.get("reason").oneOf(PauseReason.class);
                    if (reason == PauseReason.DEFERRAL || reason == PauseReason.PLAN) {
                        pause.report("a " + Codes.kebab(reason) + " pauses for as long as it was granted");
                    }
                    if (!seen.add(reason)) {
                        pause.report("'" + Codes.kebab(reason) + "' is given twice");
                    }
                    pauses.put(reason, pause.get("longestDays").integer(1, MAX_DAYS));
                    return reason;
                }));
        return new ArrearsRelief(
                node.find("deferral").map(ArrearsRelief::deferral).orElse(null),
                node.find("instalments").map(ArrearsRelief::instalments).orElse(null),
                pauses);
    }

    private static Deferral deferral(YamlNode node) {
        node.onlyKeys("longestDays", "timesAYear");
        return new Deferral(
                node.get("longestDays").integer(1, MAX_DAYS),
                node.get("timesAYear").integer(1, MAX_A_YEAR));
    }

    private static Instalments instalments(YamlNode node) {
        node.onlyKeys("most", "firstPercent", "breachAfterDays");
        return new Instalments(
                node.get("most").integer(2, MAX_INSTALMENTS),
                node.get("firstPercent").integer(0, HUNDRED),
                node.get("breachAfterDays").integer(0, MAX_DAYS));
    }
}
