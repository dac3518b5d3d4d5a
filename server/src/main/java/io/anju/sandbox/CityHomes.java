package io.anju.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** The file of homes that a synthetic city imports. */
final class CityHomes {
    /** Where households are housed. */
    static final List<String> ESTATES = List.of("示例家园", "示例新苑", "示例里");

    private static final int BUILDINGS = 2;
    private static final int HOMES = 10;
    static final int COUNT = ESTATES.size() * BUILDINGS * HOMES;

    private static final String HEAD = "小区名称,楼栋,房号,建筑面积（平方米）,居室数,运营单位,项目租金标准,市场租金,标准起始日";

    private CityHomes() {}

    /** Homes of one and of two rooms, whose rents hold from this year on. */
    static Buffer file(LocalDate today) {
        var lines = new StringBuilder(HEAD);
        for (var estate : ESTATES) {
            for (int building = 1; building <= BUILDINGS; building++) {
                for (int number = 0; number < HOMES; number++) {
                    lines.append("\n%s,%d号楼,%d0%d,%s,%d,示例住房运营有限公司,12.00,30.00,%s"
                            .formatted(
                                    estate,
                                    building,
                                    1 + number / 2,
                                    1 + number % 2,
                                    number % 2 == 0 ? "42.50" : "58.00",
                                    1 + number % 2,
                                    today.withDayOfYear(1)));
                }
            }
        }
        return Buffer.buffer(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
