package io.anju.waitinglist;

import io.anju.platform.crypto.Masking;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
                .filter(text -> givesAway(text.getValue()))
                .map(text -> Finding.of(text.getKey(), WaitingListProblem.PERSONAL_DATA_IN_TEXT))
                .toList();
        if (!findings.isEmpty()) {
            throw Refusal.of(WaitingListProblem.PERSONAL_DATA_IN_TEXT, findings);
        }
    }

    private static boolean givesAway(String text) {
        try {
            Masking.requireMasked(text);
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /**
     * A household on the list.
     *
     * @param sequence number of its registration, the last word on ties
     * @param keys what the policy's order asks for
     */
    record Candidate(
            UUID registrationId,
            long sequence,
            String districtCode,
            String policyDigest,
            io.anju.policy.Standing keys) {}

    /**
     * Gives every household its rank and its place in its district, both from 1 and without gaps, the same however the
     * candidates are passed in.
     */
    static List<Standing.Line> rank(List<Candidate> candidates, Comparator<io.anju.policy.Standing> ordering) {
        var ordered = new ArrayList<>(candidates);
        ordered.sort(Comparator.comparing(Candidate::keys, ordering).thenComparing(Candidate::sequence));
        var places = new HashMap<String, Integer>();
        var lines = new ArrayList<Standing.Line>(ordered.size());
        for (var candidate : ordered) {
            int districtRank = places.merge(candidate.districtCode(), 1, Integer::sum);
            lines.add(new Standing.Line(
                    candidate.registrationId(),
                    lines.size() + 1,
                    candidate.districtCode(),
                    districtRank,
                    candidate.keys().score(),
                    Standing.Keys.of(candidate.keys())));
        }
        return lines;
    }
}
