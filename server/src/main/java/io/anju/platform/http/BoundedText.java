package io.anju.platform.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text within its length and pattern, free of characters that no person types and PostgreSQL cannot store. */
final class BoundedText extends Textual<String> {
    private final int minimum;
    private final int maximum;
    private final @Nullable Pattern pattern;

    BoundedText(int minimum, int maximum, @Nullable String pattern) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.pattern = pattern == null ? null : Pattern.compile(ending(pattern));
    }

    /** {@code $} of the contract's dialect is the very end; Java's also matches before a last line break. */
    private static String ending(String pattern) {
        return pattern.endsWith("$") && !pattern.endsWith("\\$")
                ? pattern.substring(0, pattern.length() - 1) + "\\z"
                : pattern;
    }

    @Override
    @Nullable
    String parse(String text, Faults faults) {
        // code points are at most as many as chars and at least half: count only where that does not decide
        if (text.length() > maximum && text.codePointCount(0, text.length()) > maximum) {
            return faults.note(FormProblem.TOO_LONG, "maximum", Integer.toString(maximum));
        }
        if (text.length() < 2 * minimum && text.codePointCount(0, text.length()) < minimum) {
            return faults.note(FormProblem.TOO_SHORT, "minimum", Integer.toString(minimum));
        }
        if (hasBadCharacter(text)) {
            return faults.note(FormProblem.BAD_CHARACTER);
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return faults.note(FormProblem.PATTERN);
        }
        return text;
    }

    private static boolean hasBadCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' ? c != '\n' && c != '\r' && c != '\t' : c == 0x7f) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
