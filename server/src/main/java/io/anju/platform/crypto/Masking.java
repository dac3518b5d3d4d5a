package io.anju.platform.crypto;

import java.util.regex.Pattern;

/** The only place that decides how much of a person's data a list may show. */
public final class Masking {
    private static final Pattern NATIONAL_ID = Pattern.compile("(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])");
    private static final Pattern MOBILE_PHONE = Pattern.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])");
    private static final Pattern BANK_CARD = Pattern.compile("(?<![0-9])[0-9]{16,19}(?![0-9])");

    private Masking() {}

    /** The first character and two stars, whatever the length: the length would say something too. */
    public static String name(String name) {
        return name.isEmpty() ? "**" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    /** Four digits for the region and the last two, as far as there are so many. */
    public static String nationalId(String id) {
        return middle(id, 4, 2);
    }

    /** The network and the last four digits, the form that people know from their bills. */
    public static String phone(String phone) {
        return middle(phone, 3, 4);
    }

    /** The last four digits. */
    public static String bankCard(String card) {
        return middle(card, 0, 4);
    }

    /** Gives the text back; throws where it holds a whole ID, mobile phone or bank number. For anything published. */
    public static String requireMasked(String text) {
        if (!isMasked(text)) {
            throw new IllegalArgumentException("a text to be published holds a number that names a person");
        }
        return text;
    }

    /** Whether a text holds no whole ID, mobile phone or bank number. */
    public static boolean isMasked(String text) {
        return !NATIONAL_ID.matcher(text).find()
                && !MOBILE_PHONE.matcher(text).find()
                && !BANK_CARD.matcher(text).find();
    }

    private static String middle(String text, int first, int last) {
        var hidden = text.length() - first - last;
        return hidden < 3
                ? "*".repeat(Math.max(text.length(), 4))
                : text.substring(0, first) + "*".repeat(hidden) + text.substring(text.length() - last);
    }
}
