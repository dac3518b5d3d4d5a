package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;

/** A member of staff, whose reach is that of their office; which it is, the subclasses say. */
public abstract sealed class StaffCaller extends KnownCaller permits OfficeCaller, AreaCaller, CityCaller {
    private final Office office;

    StaffCaller(Caller caller) {
        super(caller, Kind.STAFF);
        var known = caller.office();
        if (known == null) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
        this.office = known;
    }

    @Override
    public Office office() {
        return office;
    }
}
