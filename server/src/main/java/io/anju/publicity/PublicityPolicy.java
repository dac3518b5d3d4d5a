package io.anju.publicity;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What a public list may show. */
final class PublicityPolicy {
    private static final int DISTRICT_DIGITS = 6;

    /** What people put between digits to make them readable, or to hide them. */
    private static final Pattern SEPARATORS = Pattern.compile("(?<=[0-9])[\\s\\p{Pd}._·/]+(?=[0-9Xx])");

    private static final Pattern NATIONAL_ID = Pattern.compile("(?<![0-9])([0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])");
    private static final Pattern MOBILE_PHONE = Pattern.compile("(?<![0-9])(86)?1[3-9][0-9]{9}(?![0-9])");
    private static final Pattern BANK_NUMBER = Pattern.compile("[0-9]{16,}");
    private static final Pattern RECEIPT_NUMBER = Pattern.compile("[0-9]{6}-[0-9]{4}-[0-9]{7,9}-[0-9A-Z]");

    private PublicityPolicy() {}

    static String districtOf(String communityCode) {
        return communityCode.substring(0, DISTRICT_DIGITS);
    }

    /**
     * Whether a line may be published: its name is masked, its receipt number is one, and no text shows a full national
     * ID, mobile phone or bank number. Numbers are recognised by their form alone: one with a wrong check digit may be a
     * slip of the pen in a real one.
     */
    static boolean mayBeShown(Notice.Line line) {
        var score = line.score();
        return line.maskedName().contains("*")
                && RECEIPT_NUMBER.matcher(line.receiptNumber()).matches()
                && !showsIdentifier(line.maskedName())
                && !showsIdentifier(line.district().zh())
                && !showsIdentifier(line.district().en())
                && !showsIdentifier(line.category())
                && (score == null || !showsIdentifier(score));
    }

    /** Whether a text shows a full identifier, also in wide digits or with something between the digits. */
    static boolean showsIdentifier(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return holdsIdentifier(plain)
                || holdsIdentifier(SEPARATORS.matcher(plain).replaceAll(""));
    }

    private static boolean holdsIdentifier(String text) {
        return NATIONAL_ID.matcher(text).find()
                || MOBILE_PHONE.matcher(text).find()
                || BANK_NUMBER.matcher(text).find();
    }
}
