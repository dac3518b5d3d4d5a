package io.anju.policy;

import java.time.LocalDate;

/** Where a page of the documents ended: they are ordered by city, programme and first day, which no two share. */
public record PolicyPlace(String cityCode, String programme, LocalDate effectiveFrom) {}
