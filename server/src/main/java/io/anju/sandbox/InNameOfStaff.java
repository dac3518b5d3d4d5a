package io.anju.sandbox;

import io.anju.identity.Role;
import io.anju.identity.Staff;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.OfficeCaller;

/** Members of staff who were made here, as the callers that they would be if they logged in. */
public final class InNameOfStaff {
    private InNameOfStaff() {}

    static OfficeCaller office(Staff staff) {
        return InNameOf.office(staff.id(), Role.scopesOf(staff.roles()), staff.office());
    }

    static AreaCaller area(Staff staff) {
        return InNameOf.area(staff.id(), Role.scopesOf(staff.roles()), staff.office());
    }

    public static CityCaller city(Staff staff) {
        return InNameOf.city(staff.id(), Role.scopesOf(staff.roles()), staff.office());
    }
}
