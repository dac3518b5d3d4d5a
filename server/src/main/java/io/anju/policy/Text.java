package io.anju.policy;

import java.util.Map;

/** A text for residents in the two languages of the service. */
public record Text(String zh, String en) {

    /** The text for a language tag: English for {@code en…}, Chinese for everything else. */
    public String in(String languageTag) {
        return languageTag.startsWith("en") ? en : zh;
    }

    /** Puts values in place of {@code {name}}; a name without a value stays as it is. */
    Text with(Map<String, String> values) {
        return new Text(fill(zh, values), fill(en, values));
    }

    private static String fill(String template, Map<String, String> values) {
        var filled = template;
        for (var entry : values.entrySet()) {
            filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }
}
