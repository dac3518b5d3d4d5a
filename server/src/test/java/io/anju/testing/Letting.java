package io.anju.testing;

import io.anju.testing.Tenancies.Home;

/**
 * What is let, and to whom: a home of a city's programme, and a household with an income.
 *
 * @param area division code of the city, four digits
 * @param incomeFen of a month
 */
public record Letting(String area, String programme, Home home, long incomeFen) {
    /** 50 ㎡ at 19.99 yuan: 999.50 yuan in full, of which this income pays 40 %: 399.80 yuan a month. */
    public static final Letting GUANGZHOU =
            new Letting("4401", "public-rental", new Home("越秀苑", "50.00", "19.99", "43.21", "2026-01-01", ""), 180_000);
    /** 40 ㎡ at 37.55 yuan: 1502 yuan, 40 % of them subsidised. */
    public static final Letting XIAMEN =
            new Letting("3502", "public-rental", new Home("湖里苑", "40.00", "", "37.55", "2026-01-01", ""), 300_000);
    /** 50 ㎡ at 12 yuan: 600 yuan a month. */
    public static final Letting QINGDAO = new Letting(
            "3702", "affordable-rental", new Home("安居苑", "50.00", "12.00", "30.00", "2026-01-01", ""), 300_000);

    /** The same in another estate, whose prices nobody else's test touches. */
    public Letting in(String estate) {
        var there = new Home(
                estate, home.areaSqm(), home.standardYuan(), home.marketYuan(), home.ratesFrom(), home.ratesTo());
        return new Letting(area, programme, there, incomeFen);
    }

    public String cityCode() {
        return area + "00";
    }
}
