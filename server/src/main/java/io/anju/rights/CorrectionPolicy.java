package io.anju.rights;

import java.time.LocalDate;

/** How long a request for correction may take, and how many there may be. */
final class CorrectionPolicy {
    /** GB/T 35273-2020 (个人信息安全规范) 8.7: answered within thirty days. */
    private static final int DAYS = 30;

    /** Of one account at a time. */
    static final int MOST_OPEN = 10;

    private CorrectionPolicy() {}

    static LocalDate dueOn(LocalDate requestedOn) {
        return requestedOn.plusDays(DAYS);
    }

    static boolean isOverdue(Correction correction, LocalDate today) {
        var due = correction.dueOn();
        return correction.state() == Correction.State.REQUESTED && due != null && today.isAfter(due);
    }
}
