package io.anju.publication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The columns of a published row, in their order; the SQL that freezes a list writes them in the same one. */
enum Column {
    RANK("rank", true, "[1-9][0-9]{0,8}"),
    RECEIPT_NUMBER("receiptNumber", false, "[0-9A-Z-]{8,24}"),
    MASKED_NAME("maskedName", false, "[A-Za-z\\x{3400}-\\x{DFFF}\\x{10000}-\\x{10FFFF}]?\\*{2}"),
    HOUSEHOLD_SIZE("householdSize", true, "[1-9][0-9]?"),
    DISTRICT_CODE("districtCode", false, "[0-9]{6}"),
    CATEGORY("category", false, "[a-z0-9-]{1,40}"),
    SCORE("score", false, "-?[0-9]{1,6}(\\.[0-9]{1,8})?"),
    PRIORITY("priority", false, "([1-9][0-9]{0,8})?"),
    SINCE("since", false, "([0-9]{4}-[0-9]{2}-[0-9]{2})?"),
    DRAW("draw", false, "([0-9a-f]{32})?"),
    APPLIED_AT("appliedAt", false, "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z"),
    REGISTERED_AT("registeredAt", false, "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z"),
    /** Number of the refused offer that sent the household behind all who were not sent there; 0 for none. */
    DEFERRED("deferred", true, "0|[1-9][0-9]{0,15}"),
    /** Ties the row to one household, under a salt that only the household is given. */
    BINDING("binding", false, "[0-9a-f]{64}");

    private final String label;
    private final boolean isWholeNumber;
    private final Pattern pattern;

    Column(String label, boolean isWholeNumber, String pattern) {
        this.label = label;
        this.isWholeNumber = isWholeNumber;
        this.pattern = Pattern.compile(pattern);
    }

    String label() {
        return label;
    }

    /** Written without quotes in JSON. */
    boolean isWholeNumber() {
        return isWholeNumber;
    }

    boolean accepts(String value) {
        return pattern.matcher(value).matches();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Column::label).toList();
    }

    static Optional<Column> find(String label) {
        return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }
}
