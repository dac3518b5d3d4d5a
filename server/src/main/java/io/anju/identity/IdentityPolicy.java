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
        var faults = new ArrayList<Finding>();
        if (RealName.normalise(realName).isEmpty()) {
            faults.add(Finding.of("/realName", IdentityProblem.REAL_NAME_INVALID));
        }
        NationalId.check(nationalId, today).ifPresent(fault -> faults.add(Finding.of("/nationalId", fault)));
        return faults;
    }
}
