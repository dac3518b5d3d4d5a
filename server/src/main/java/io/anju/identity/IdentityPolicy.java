package io.anju.identity;

import io.anju.platform.problem.Finding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a person's name and national ID must be to bind an account to them. */
final class IdentityPolicy {
    private IdentityPolicy() {}

    /** Everything wrong with what was given, each with its field. */
    static List<Finding> faults(String realName, String nationalId, LocalDate today) {
        return faults(realName, "/realName", nationalId, "/nationalId", today);
    }

    /** As {@link #faults(String, String, LocalDate)}, for fields of other names. */
    static List<Finding> faults(
            String realName, String namePointer, String nationalId, String idPointer, LocalDate today) {
        var faults = new ArrayList<Finding>();
        if (RealName.normalise(realName).isEmpty()) {
            faults.add(Finding.of(namePointer, IdentityProblem.REAL_NAME_INVALID));
        }
        NationalId.check(nationalId, today).ifPresent(fault -> faults.add(Finding.of(idPointer, fault)));
        return faults;
    }
}
