package io.anju.policy;

import java.util.List;

/** The documents that ship with the product. */
public final class Samples {
    private static final PolicyFolder FOLDER = PolicyFolder.shipped();

    private Samples() {}

    public static PolicyDocument qingdao() {
        return document("370200", "2012-528");
    }

    /** 528 with what follows registration. */
    public static PolicyDocument qingdaoToday() {
        return document("370200", "2026-1");
    }

    /** The weights that were proposed before 528. */
    public static PolicyDocument qingdaoDraft() {
        return document("370200", "2012-draft");
    }

    public static PolicyDocument xuzhou() {
        return document("320300", "2026-1");
    }

    public static PolicyDocument guangzhou() {
        return document("440100", "2024-1");
    }

    public static PolicyDocument xiamen() {
        return document("350200", "2024-1");
    }

    /** The 2016 rule, or the present one by tiers. */
    public static PolicyDocument qingdaoSubsidy(String version) {
        return document("370200", "rental-subsidy", version);
    }

    public static PolicyDocument xuzhouSubsidy() {
        return document("320300", "rental-subsidy", "2023-1");
    }

    public static List<PolicyDocument> all() {
        return FOLDER.documents();
    }

    private static PolicyDocument document(String city, String version) {
        return document(city, "public-rental", version);
    }

    static PolicyDocument document(String city, String programme, String version) {
        return all().stream()
                .filter(document -> document.cityCode().equals(city))
                .filter(document -> document.programme().equals(programme))
                .filter(document -> document.version().equals(version))
                .findFirst()
                .orElseThrow();
    }
}
