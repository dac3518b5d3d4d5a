package io.anju.waitinglist;

import io.anju.platform.crypto.Masking;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What may be written down of households on a list. */
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
}
