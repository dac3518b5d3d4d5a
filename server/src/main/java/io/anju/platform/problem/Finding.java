package io.anju.platform.problem;

import java.util.Map;

/**
 * One thing wrong with one place of the request.
 *
 * @param pointer JSON Pointer into the body ({@code /household/members/0/idNumber}), or {@code /query/…},
 *     {@code /path/…}, {@code /header/…} for a parameter; empty for the body as a whole
 * @param args values for the placeholders of the code's text; never personal data, they are shown and logged
 */
public record Finding(String pointer, Code code, Map<String, String> args) {
    public Finding {
        args = Map.copyOf(args);
    }

    public static Finding of(String pointer, Code code) {
        return new Finding(pointer, code, Map.of());
    }
}
