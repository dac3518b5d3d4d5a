package io.anju.rights;

import java.time.LocalDate;

/** How long a request for correction may take, and how many there may be. */
final class CorrectionPolicy {
    /** GB/T 35273-2020 (个人信息安全规范) 8.7: answered within thirty days. */
    private static final int DAYS = 30;

    /** So many days before its own a request is said to be near. */
    private static final int WARNING_DAYS = 5;

    /** Of one account at a time. */
    static final int MOST_OPEN = 10;

    private CorrectionPolicy() {}

    static LocalDate dueOn(LocalDate requestedOn) {
        return requestedOn.plusDays(DAYS);
    }

    /** Requests that are due on this day or before are near. */
    static LocalDate nearOn(LocalDate today) {
        return today.plusDays(WARNING_DAYS);
    }

    /** The area that the one of an office is a part of: of a community the street, then the district, then the city. */
    static String above(String areaCode) {
        return areaCode.substring(
                0,
                switch (areaCode.length()) {
                    case 12 -> 9;
                    case 9 -> 6;
                    default -> 4;
                });
    }

    static boolean isOverdue(Correction correction, LocalDate today) {
        var due = correction.dueOn();
        return correction.state() == Correction.State.REQUESTED && due != null && today.isAfter(due);
    }
}
