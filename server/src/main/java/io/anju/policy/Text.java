package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A text for residents in the two languages of the service. */
public record Text(String zh, String en) {

    /** Reads a text that a document gives in both languages. */
    static Text read(YamlNode node) {
        node.onlyKeys("zh", "en");
        return new Text(node.get("zh").text(), node.get("en").text());
    }

    /** Reads a text in both languages whose placeholders are all known. */
    static Text read(YamlNode node, Set<String> placeholders) {
        var text = read(node);
        for (var found : Placeholders.in(text)) {
            if (!placeholders.contains(found)) {
                node.report("'{" + found + "}' stands for nothing here; known: "
                        + String.join(", ", new TreeSet<>(placeholders)));
            }
        }
        return text;
    }

    /** The text for a language tag: English for {@code en…}, Chinese for everything else. */
    public String in(String languageTag) {
        return languageTag.startsWith("en") ? en : zh;
    }

    /** Puts values in place of {@code {name}}; a name without a value stays as it is. */
    public Text with(Map<String, String> values) {
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
