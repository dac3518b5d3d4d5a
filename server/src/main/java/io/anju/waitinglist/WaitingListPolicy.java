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
import org.jspecify.annotations.Nullable;

/** How scored households become an order: the policy's keys, and ties that always end. */
final class WaitingListPolicy {
    private WaitingListPolicy() {}

    /** Refuses an exit at an impossible date, a home for whoever was not housed, and a reason that gives away too much. */
    static void checkExit(Registration registration, RegistrationExit exit, LocalDate today) {
        var occurredOn = exit.occurredOn();
        if (exit.type() != Registration.ExitType.HOUSED && exit.home().isKnown()) {
            throw Refusal.of(WaitingListProblem.HOME_WITHOUT_HOUSING);
        }
        if (occurredOn.isBefore(registration.registeredOn()) || occurredOn.isAfter(today)) {
            var args = Map.of("registeredOn", registration.registeredOn().toString(), "today", today.toString());
            var code = WaitingListProblem.EXIT_DATE_OUT_OF_RANGE;
            throw Refusal.of(code, List.of(new Finding("/occurredOn", code, args)), args);
        }
        checkReason(exit.reason());
    }

    /** Refuses a reason that gives away what no list may show. */
    static void checkReason(Registration.Reason reason) {
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
     * @param later what was added to its registration
     * @param homeRooms bedrooms of the home that it is offered; none where the policy is silent
     */
    record Candidate(
            UUID registrationId,
            long sequence,
            String districtCode,
            String policyDigest,
            io.anju.policy.Standing keys,
            Later later,
            @Nullable Integer homeRooms) {
        /** The same household by another key. */
        Candidate with(io.anju.policy.Standing other, long deferred) {
            var moved = new Later(later.inputs(), later.frozen(), deferred);
            return new Candidate(registrationId, sequence, districtCode, policyDigest, other, moved, homeRooms);
        }
    }

    /**
     * Facts that follow the registration.
     *
     * @param inputs number of the newest facts that it is scored by; null for those of the registration
     * @param deferred number of the newest refusal that sent it behind the others; 0 for none
     */
    record Later(@Nullable Long inputs, boolean frozen, long deferred) {
        static final Later NOTHING = new Later(null, false, 0);
    }

    /** The order of a list; total, because no two households share a registration's number. */
    static Comparator<Candidate> order(Comparator<io.anju.policy.Standing> ordering) {
        return Comparator.comparingLong((Candidate one) -> one.later().deferred())
                .thenComparing(Candidate::keys, ordering)
                .thenComparing(Candidate::sequence);
    }

    /**
     * Gives every household its rank and its place in its district, both from 1 and without gaps, the same however the
     * candidates are passed in.
     *
     * <p>Who was sent to the end by a refusal stands behind all who were not, in the order of the refusals. Who is frozen
     * keeps the place, and is not counted among those ahead.
     */
    static List<Standing.Line> rank(List<Candidate> candidates, Comparator<io.anju.policy.Standing> ordering) {
        var ordered = new ArrayList<>(candidates);
        ordered.sort(order(ordering));
        return lines(ordered);
    }

    /** The places of households that are in order. */
    static List<Standing.Line> lines(List<Candidate> ordered) {
        var places = new HashMap<String, Integer>();
        var lines = new ArrayList<Standing.Line>(ordered.size());
        int ahead = 0;
        for (var candidate : ordered) {
            var later = candidate.later();
            int districtRank = places.merge(candidate.districtCode(), 1, Integer::sum);
            lines.add(new Standing.Line(
                    candidate.registrationId(),
                    lines.size() + 1,
                    candidate.districtCode(),
                    districtRank,
                    candidate.keys().score(),
                    Standing.Keys.of(candidate.keys()),
                    new Standing.Basis(ahead, later.frozen(), later.inputs(), later.deferred())));
            ahead += later.frozen() ? 0 : 1;
        }
        return lines;
    }

    /** Places among those of the same size of home and of the same class, for households that are in order. */
    static List<Placed.Parts> parts(List<Candidate> ordered, boolean hasClasses) {
        var ofHome = new HashMap<Integer, Integer>();
        var ofClass = new HashMap<Integer, Integer>();
        var parts = new ArrayList<Placed.Parts>(ordered.size());
        for (var candidate : ordered) {
            var rooms = candidate.homeRooms();
            var priority = candidate.keys().priority();
            int ownClass = priority == Integer.MAX_VALUE ? 0 : priority;
            parts.add(new Placed.Parts(
                    rooms,
                    rooms == null ? null : ofHome.merge(rooms, 1, Integer::sum),
                    ownClass,
                    hasClasses ? ofClass.merge(ownClass, 1, Integer::sum) : null));
        }
        return parts;
    }
}
