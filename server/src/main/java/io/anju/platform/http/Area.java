package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A part of the area that the caller's office is in charge of, or all of it ({@code x-anju-within: area}).
 *
 * <p>Only the generated route makes one of what a request names, through {@link Whose}: whoever holds one need not ask
 * whether it lies inside.
 */
public final class Area {
    private final String cityCode;
    private final String code;

    private Area(String cityCode, String code) {
        this.cityCode = cityCode;
        this.code = code;
    }

    /** The area that is named; the office's whole area where none is. */
    static Area within(Office office, String pointer, @Nullable String named) {
        if (named == null) {
            return new Area(office.cityCode(), office.areaCode());
        }
        if (!named.startsWith(office.areaCode())) {
            throw Refusal.at(pointer, PlatformProblem.AREA_OUTSIDE_OFFICE);
        }
        return new Area(office.cityCode(), named);
    }

    /** Six digits, GB/T 2260. */
    public String cityCode() {
        return cityCode;
    }

    /** Its digits: 4 for a city, 6 for a district, 9 for a street, 12 for a community. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
