package io.anju.waitinglist;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The columns of an imported register, under the names that its first row may use. */
enum ImportColumn {
    SOURCE_NUMBER("sourceNumber", "原登记编号", true),
    NAME("name", "姓名", true),
    NATIONAL_ID("nationalId", "身份证号", true),
    MEMBERS("members", "共同申请人", false),
    AREA_CODE("areaCode", "社区代码", true),
    CATEGORY("category", "类别", true),
    HOUSEHOLD_SIZE("householdSize", "家庭人数", false),
    HUKOU_CITY_CODE("hukouCityCode", "户籍城市代码", false),
    HUKOU_SINCE("hukouSince", "户籍迁入日期", false),
    OWNED_AREA_SQM("ownedAreaSqm", "住房面积", true),
    MONTHLY_INCOME_YUAN("monthlyIncomeYuan", "家庭月收入", true),
    ASSETS_YUAN("assetsYuan", "家庭资产", false),
    SPECIAL_GROUPS("specialGroups", "特殊类别", false),
    APPLIED_ON("appliedOn", "申请日期", true),
    QUALIFIED_ON("qualifiedOn", "取得资格日期", true),
    REGISTERED_ON("registeredOn", "登记日期", false),
    WAIVER_COUNT("waiverCount", "弃选次数", false);

    private final String label;
    private final String chinese;
    private final boolean isRequired;

    ImportColumn(String label, String chinese, boolean isRequired) {
        this.label = label;
        this.chinese = chinese;
        this.isRequired = isRequired;
    }

    /** The English name, which reports use. */
    String label() {
        return label;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** Finds by either name; what stands behind a bracket, such as a unit, is not looked at. */
    static Optional<ImportColumn> find(String head) {
        var name = head.strip().split("[(（]", 2)[0].strip();
        return Arrays.stream(values())
                .filter(column -> column.chinese.equals(name)
                        || column.label.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
