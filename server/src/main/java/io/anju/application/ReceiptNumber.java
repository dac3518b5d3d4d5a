package io.anju.application;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The number that residents quote (受理编号), such as {@code 370200-2026-0000123-U}: city, year, serial number and a check
 * character over all digits after ISO 7064 MOD 37,36, which finds every single wrong character and every swap of two
 * neighbours. It says nothing about a person.
 */
public record ReceiptNumber(String text) {
    private static final Pattern FORM = Pattern.compile("(\\d{6})-(\\d{4})-(\\d{7,9})-([0-9A-Z])");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MODULUS = ALPHABET.length();

    /** The number with this serial. */
    public static ReceiptNumber of(String cityCode, int year, long serial) {
        var digits = String.format(Locale.ROOT, "%07d", serial);
        var check = checkCharacter(cityCode + year + digits);
        return new ReceiptNumber(cityCode + "-" + year + "-" + digits + "-" + check);
    }

    /** Whether the text is such a number, in upper or lower case, and its check character is right. */
    public static boolean isValid(String text) {
        var parts = FORM.matcher(text.toUpperCase(Locale.ROOT));
        return parts.matches()
                && checkCharacter(parts.group(1) + parts.group(2) + parts.group(3))
                        == parts.group(4).charAt(0);
    }

    /** ISO 7064 MOD 37,36 over characters of {@code 0–9 A–Z}. */
    static char checkCharacter(String text) {
        var product = MODULUS;
        for (int i = 0; i < text.length(); i++) {
            var sum = (product + ALPHABET.indexOf(text.charAt(i))) % MODULUS;
            product = (sum == 0 ? MODULUS : sum) * 2 % (MODULUS + 1);
        }
        return ALPHABET.charAt((MODULUS + 1 - product) % MODULUS);
    }
}
