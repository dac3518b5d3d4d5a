package io.anju.policy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names in braces that a text template stands open for. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private Placeholders() {}

    static Set<String> in(Text text) {
        var names = new TreeSet<String>();
        PLACEHOLDER.matcher(text.zh()).results().forEach(match -> names.add(match.group(1)));
        PLACEHOLDER.matcher(text.en()).results().forEach(match -> names.add(match.group(1)));
        return names;
    }
}
