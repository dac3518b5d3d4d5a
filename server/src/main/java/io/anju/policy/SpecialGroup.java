package io.anju.policy;

import io.anju.policy.yaml.Codes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Groups that national and provincial rules name (保障对象类别); a document may use these and no others. */
public enum SpecialGroup {
    MINIMUM_LIVING_ALLOWANCE("最低生活保障家庭", "Minimum living allowance household"),
    EXTREME_HARDSHIP("特困人员", "Person in extreme hardship"),
    LOW_INCOME("低收入家庭", "Low-income household"),
    DISABLED("残疾人", "Disabled person"),
    SERIOUS_ILLNESS("重大疾病患者", "Person with a serious illness"),
    ELDERLY("孤老", "Elderly person without support"),
    ORPHAN("孤儿", "Orphan"),
    MARTYR_FAMILY("烈士遗属", "Family of a martyr"),
    VETERAN("退役军人", "Veteran"),
    MODEL_WORKER("劳动模范", "Model worker"),
    MULTI_CHILD("多子女家庭", "Family with several children"),
    SANITATION_WORKER("环卫工人", "Sanitation worker"),
    BUS_WORKER("公交职工", "Public transport worker"),
    NEW_GRADUATE("新就业大学生", "New graduate"),
    MIGRANT_WORKER("外来务工人员", "Migrant worker"),
    RESETTLEMENT("棚改待安置家庭", "Household awaiting resettlement");

    private static final Map<String, SpecialGroup> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(SpecialGroup::code, Function.identity()));

    private final Text label;

    SpecialGroup(String zh, String en) {
        this.label = new Text(zh, en);
    }

    /** The code used in documents, facts and the API, e.g. {@code minimum-living-allowance}. */
    public String code() {
        return Codes.kebab(this);
    }

    public Text label() {
        return label;
    }

    public static Optional<SpecialGroup> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
