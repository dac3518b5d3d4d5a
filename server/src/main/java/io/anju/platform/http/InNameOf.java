package io.anju.platform.http;

import java.util.Set;
import java.util.UUID;

/**
 * Callers without a request, where the program itself goes on with what somebody began: a job in the name of who
 * ordered it, and the sandbox, which plays everybody. The architecture's tests say who may.
 */
public final class InNameOf {
    private InNameOf() {}

    public static ResidentCaller resident(UUID residentId) {
        return new ResidentCaller(new Caller(Caller.Kind.RESIDENT, residentId, Set.of(), null, null, null));
    }

    /** Work of this office itself. */
    public static OfficeCaller office(UUID staffId, Set<String> scopes, Office office) {
        return new OfficeCaller(staff(staffId, scopes, office));
    }

    /** Work on what is in this office's area. */
    public static AreaCaller area(UUID staffId, Set<String> scopes, Office office) {
        return new AreaCaller(staff(staffId, scopes, office));
    }

    /** Work on what is the whole city's; refuses where the office is a smaller one. */
    public static CityCaller city(UUID staffId, Set<String> scopes, Office office) {
        return new CityCaller(staff(staffId, scopes, office));
    }

    private static Caller staff(UUID staffId, Set<String> scopes, Office office) {
        return new Caller(Caller.Kind.STAFF, staffId, scopes, null, office, null);
    }
}
