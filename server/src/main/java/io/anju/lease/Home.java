package io.anju.lease;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A home that is let (房源).
 *
 * @param provider who runs the estate and gets the rent (运营单位)
 * @param rooms size class: bedrooms
 */
public record Home(
        UUID id,
        UUID estateId,
        String cityCode,
        String estateName,
        String provider,
        String building,
        String number,
        BigDecimal areaSqm,
        int rooms) {}
