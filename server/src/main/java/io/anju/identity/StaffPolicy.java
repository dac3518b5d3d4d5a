package io.anju.identity;

import io.anju.platform.http.Office;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Who may give which role to whom, and what makes a password too easy. */
final class StaffPolicy {
    private static final int FEWEST_CHARACTERS = 5;
    private static final Set<String> EVERYBODY_TRIES = Set.of(
            "password",
            "passw0rd",
            "qwertyuiop",
            "administrator",
            "letmein",
            "welcome",
            "iloveyou",
            "changeme",
            "woaini");
    private static final String ROWS = "01234567890 9876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm";

    private StaffPolicy() {}

    /** Whether the digits of an area are those of an office of this level. */
    static boolean fits(String level, String areaCode) {
        return Office.areaOf(level, "0".repeat(12)).length() == areaCode.length();
    }

    /** Whether an account of this office lies in the administrator's area, the own office included. */
    static boolean isInArea(Office administrator, Office other) {
        return other.cityCode().equals(administrator.cityCode())
                && other.areaCode().startsWith(administrator.areaCode());
    }

    /**
     * Whether an administrator may give these roles to an account of that office, and so may change an account that has
     * them: administrators are made by those above them, auditors by a city alone, so that nobody raises themself or
     * takes over a peer.
     */
    static boolean mayGive(Office administrator, Office other, Set<Role> roles) {
        var isAbove = other.areaCode().length() > administrator.areaCode().length();
        return (!roles.contains(Role.ADMINISTRATOR) || isAbove)
                && (!roles.contains(Role.AUDITOR) || administrator.level().equals("city"));
    }

    /** Whether a password is one of those that are tried first: common words, rows of keys, few characters. */
    static boolean isTooEasy(String password, String username) {
        var plain = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var letters = plain.replaceAll("[^\\p{IsAlphabetic}]", "");
        return plain.codePoints().distinct().count() < FEWEST_CHARACTERS
                || plain.contains(username)
                || EVERYBODY_TRIES.stream().anyMatch(word -> plain.startsWith(word) || letters.equals(word))
                || isRow(plain);
    }

    /** Whether it is a walk along a row of keys or digits and hardly anything else. */
    private static boolean isRow(String plain) {
        int inRow = 0;
        for (int i = 0; i + 3 <= plain.length(); i++) {
            if (ROWS.contains(plain.substring(i, i + 3))) {
                inRow++;
            }
        }
        return inRow * 4 >= (plain.length() - 2) * 3;
    }
}
