package io.anju.policy;

import java.util.Arrays;
import java.util.Optional;

/** Declared facts that an agency can confirm or contradict, with the shape of the answer. */
public enum VerifiableFact {
    /** Who belongs to the household: number of persons. */
    MEMBER_COUNT("memberCount"),
    /** City code of the applicant's household register. */
    HUKOU_CITY_CODE("hukouCityCode"),
    /** Floor area owned by all members, ㎡ with two decimals. */
    OWNED_AREA_SQM("ownedAreaSqm"),
    /** Income of all members in a month, fen. */
    MONTHLY_INCOME_FEN("monthlyIncomeFen"),
    /** Assets of all members, fen. */
    ASSETS_FEN("assetsFen"),
    /** Codes of {@link SpecialGroup} that the household belongs to. */
    SPECIAL_GROUPS("specialGroups");

    private final String code;

    VerifiableFact(String code) {
        this.code = code;
    }

    /** The name used in documents and in the API: that of the field in the facts. */
    public String code() {
        return code;
    }

    public static Optional<VerifiableFact> find(String code) {
        return Arrays.stream(values()).filter(fact -> fact.code.equals(code)).findFirst();
    }
}
