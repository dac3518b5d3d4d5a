package io.anju.platform.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages in which people are answered. */
public enum Language {
    ZH_CN("zh-CN"),
    EN("en");

    private static final int MAX_HEADER_CHARS = 200;

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The BCP 47 tag, as in {@code Content-Language}. */
    public String tag() {
        return tag;
    }

    /** Picks by {@code Accept-Language}: Chinese unless English is preferred to it. Never fails. */
    static Language negotiate(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER_CHARS) {
            return ZH_CN;
        }
        double chinese = 0;
        double english = 0;
        for (String range : acceptLanguage.toLowerCase(Locale.ROOT).split(",", -1)) {
            var name = range.strip();
            double weight = weight(name);
            if (name.startsWith("zh") || name.startsWith("*")) {
                chinese = Math.max(chinese, weight);
            } else if (name.startsWith("en")) {
                english = Math.max(english, weight);
            }
        }
        return english > chinese ? EN : ZH_CN;
    }

    private static double weight(String range) {
        int at = range.indexOf(";q=");
        if (at < 0) {
            return 1;
        }
        try {
            return Double.parseDouble(range.substring(at + 3));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
