package io.anju.complaint;

import io.anju.platform.http.Office;

/** An office by what it is in charge of; its name is on the accounts of those who work there. */
record OfficeRef(String level, String areaCode) {
    static OfficeRef of(Office office) {
        return new OfficeRef(office.level(), office.areaCode());
    }

    boolean is(Office office) {
        return level.equals(office.level()) && areaCode.equals(office.areaCode());
    }
}
