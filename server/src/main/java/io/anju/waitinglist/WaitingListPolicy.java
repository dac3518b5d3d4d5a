package io.anju.waitinglist;

import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.policy.OrderKey;
import io.anju.policy.OrderKey.Direction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** How scored households become an order: the policy's keys, and ties that always end. */
final class WaitingListPolicy {
    private WaitingListPolicy() {}

    /** Refuses an exit at an impossible date, and a reason that gives away what no list may show. */
    static void checkExit(
            Registration registration, LocalDate occurredOn, Registration.Reason reason, LocalDate today) {
        if (occurredOn.isBefore(registration.registeredOn()) || occurredOn.isAfter(today)) {
            var args = Map.of("registeredOn", registration.registeredOn().toString(), "today", today.toString());
            var code = WaitingListProblem.EXIT_DATE_OUT_OF_RANGE;
            throw Refusal.of(code, List.of(new Finding("/occurredOn", code, args)), args);
        }
        var texts = Map.of(
                "/finding", reason.finding(),
                "/basis", reason.basis(),
                "/evidenceNumber", reason.evidenceNumber(),
                "/remedy", reason.remedy());
        var findings = texts.entrySet().stream()
                .filter(text -> IDENTIFYING_NUMBER.matcher(text.getValue()).find())
                .map(text -> Finding.of(text.getKey(), WaitingListProblem.PERSONAL_DATA_IN_TEXT))
                .toList();
        if (!findings.isEmpty()) {
            throw Refusal.of(WaitingListProblem.PERSONAL_DATA_IN_TEXT, findings);
        }
    }

    /** An ID, mobile or bank number among other text; case numbers are shorter or hold hyphens. */
    private static final Pattern IDENTIFYING_NUMBER =
            Pattern.compile("(?<![0-9A-Za-z])(\\d{17}[0-9Xx]|1[3-9]\\d{9}|\\d{15,19})(?![0-9A-Za-z])");

    /** A household on the list with everything that a key of the order can ask for. */
    record Candidate(
            UUID registrationId,
            long sequence,
            String districtCode,
            Instant appliedAt,
            Instant registeredAt,
            String receiptNumber,
            String policyDigest,
            BigDecimal score) {}

    /**
     * Gives every household its rank and its place in its district, both from 1 and without gaps.
     *
     * <p>After the policy's keys: earlier application first, then receipt number, then the order of entry. So the order
     * is total and the same however the candidates are passed in.
     */
    static List<Standing.Line> rank(List<Candidate> candidates, List<OrderKey> keys) {
        var ordered = new ArrayList<>(candidates);
        ordered.sort(order(keys));
        var places = new HashMap<String, Integer>();
        var lines = new ArrayList<Standing.Line>(ordered.size());
        for (var candidate : ordered) {
            int districtRank = places.merge(candidate.districtCode(), 1, Integer::sum);
            lines.add(new Standing.Line(
                    candidate.registrationId(),
                    lines.size() + 1,
                    candidate.districtCode(),
                    districtRank,
                    candidate.score()));
        }
        return lines;
    }

    static Comparator<Candidate> order(List<OrderKey> keys) {
        Comparator<Candidate> order = (left, right) -> 0;
        for (var key : keys) {
            var next = ascending(key.by());
            order = order.thenComparing(key.direction() == Direction.ASCENDING ? next : next.reversed());
        }
        return order.thenComparing(Candidate::appliedAt)
                .thenComparing(Candidate::receiptNumber)
                .thenComparing(Candidate::sequence);
    }

    private static Comparator<Candidate> ascending(OrderKey.By by) {
        return switch (by) {
            case SCORE -> Comparator.comparing(Candidate::score);
            case APPLIED_AT -> Comparator.comparing(Candidate::appliedAt);
            case REGISTERED_AT -> Comparator.comparing(Candidate::registeredAt);
            case RECEIPT_NUMBER -> Comparator.comparing(Candidate::receiptNumber);
        };
    }
}
