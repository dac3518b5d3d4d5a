package io.anju.policy;

/** The documents that ship with the product. */
final class Samples {
    private static final PolicyFolder FOLDER = PolicyFolder.shipped();

    private Samples() {}

    static PolicyDocument qingdao() {
        return document("370200", "2012-528");
    }

    static PolicyDocument xuzhou() {
        return document("320300", "2023-1");
    }

    static PolicyDocument guangzhou() {
        return document("440100", "2024-1");
    }

    private static PolicyDocument document(String city, String version) {
        return FOLDER.documents().stream()
                .filter(document -> document.cityCode().equals(city))
                .filter(document -> document.version().equals(version))
                .findFirst()
                .orElseThrow();
    }
}
