package io.anju.identity;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as on an identity card. */
public final class RealName {
    /** Chinese characters, also rare ones beyond the basic plane; middle dots between the parts of minorities' names. */
    private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}〇]+(·[\\p{IsHan}〇]+)*");
    /** As on foreigners' permanent residence cards. */
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}+([ '.,-]{1,2}\\p{IsLatin}+)*\\.?");
    /** The dots that keyboards give for the one on the card, U+00B7. */
    private static final Pattern DOTS = Pattern.compile("[•‧・･⋅∙]");

    private static final int SHORTEST = 2;
    private static final int LONGEST = 50;

    private RealName() {}

    /** Gives the name in its one spelling; empty where it is no name. */
    public static Optional<String> normalise(String text) {
        var name = DOTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFC).strip())
                .replaceAll("·");
        var length = name.codePointCount(0, name.length());
        var isName = CHINESE.matcher(name).matches() || LATIN.matcher(name).matches();
        return isName && length >= SHORTEST && length <= LONGEST ? Optional.of(name) : Optional.empty();
    }
}
