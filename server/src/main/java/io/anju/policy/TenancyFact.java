package io.anju.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What rules about money can ask about a home and its lease; numbers end in their unit. */
enum TenancyFact {
    /** Floor area of the home that is let. */
    HOME_AREA_SQM("homeAreaSqm"),
    /** The rent standard of the project (项目租金标准), per month. */
    PROJECT_STANDARD_YUAN_PER_SQM("projectStandardYuanPerSqm"),
    /** The assessed market rent (市场租金), per month. */
    MARKET_RENT_YUAN_PER_SQM("marketRentYuanPerSqm"),
    /** The rent that the household really pays in a month. */
    RENT_PAID_YUAN("rentPaidYuan");

    private static final Map<String, TenancyFact> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TenancyFact::code, Function.identity()));

    private final String code;

    TenancyFact(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<TenancyFact> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
