package io.anju.lease;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The columns of a file of homes, under the names that its first row may use. */
enum HomeColumn {
    ESTATE_NAME("estateName", "小区名称", true),
    BUILDING("building", "楼栋", true),
    HOME_NUMBER("homeNumber", "房号", true),
    AREA_SQM("areaSqm", "建筑面积", true),
    ROOMS("rooms", "居室数", true),
    PROVIDER("provider", "运营单位", true),
    PROJECT_STANDARD("projectStandardYuanPerSqm", "项目租金标准", false),
    MARKET_RENT("marketRentYuanPerSqm", "市场租金", false),
    RATES_FROM("ratesFrom", "标准起始日", false),
    RATES_TO("ratesTo", "标准截止日", false);

    private final String label;
    private final String chinese;
    private final boolean isRequired;

    HomeColumn(String label, String chinese, boolean isRequired) {
        this.label = label;
        this.chinese = chinese;
        this.isRequired = isRequired;
    }

    String label() {
        return label;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** Finds by either name; what stands behind a bracket, such as a unit, is not looked at. */
    static Optional<HomeColumn> find(String head) {
        var name = head.strip().split("[(（]", 2)[0].strip();
        return Arrays.stream(values())
                .filter(column -> column.chinese.equals(name)
                        || column.label.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
