package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;

/** Who may ask about a whole city's things ({@code x-anju-owner: city}): staff of an office of the city itself. */
public final class CityCaller extends StaffCaller {
    CityCaller(Caller caller) {
        super(caller);
        if (!office().isOfCity()) {
            throw Refusal.of(PlatformProblem.CITY_OFFICE_ONLY);
        }
    }
}
