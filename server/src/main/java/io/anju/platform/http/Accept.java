package io.anju.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;

/** Whether a client that says what it accepts can be given what an operation answers (RFC 9110, 12.5.1). */
final class Accept {
    private static final String ANYTHING = "*/*";

    private Accept() {}

    /** Problems are not asked about: a client that accepts none of an operation's types still learns why. */
    static boolean admits(HttpServerRequest http, Set<String> produces) {
        var first = http.getHeader(HttpHeaders.ACCEPT);
        if (first == null || first.equals(ANYTHING) || produces.isEmpty() || produces.contains(first)) {
            return true;
        }
        return admits(String.join(",", http.headers().getAll(HttpHeaders.ACCEPT)), produces);
    }

    /** True where the header asks for nothing at all, as an empty one does. */
    static boolean admits(String header, Set<String> produces) {
        var ranges = header.toLowerCase(Locale.ROOT).split(",", -1);
        return header.isBlank() || produces.stream().anyMatch(type -> weight(ranges, type) > 0);
    }

    /** The weight that the most specific range gives to the type; 0 where none covers it. */
    private static double weight(String[] ranges, String type) {
        int best = 0;
        double weight = 0;
        for (String range : ranges) {
            int end = range.indexOf(';');
            var name = (end < 0 ? range : range.substring(0, end)).strip();
            int closeness = closeness(name, type);
            if (closeness > best) {
                best = closeness;
                weight = quality(range);
            }
        }
        return weight;
    }

    private static int closeness(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
            return 2;
        }
        return range.equals(ANYTHING) ? 1 : 0;
    }

    private static double quality(String range) {
        for (String parameter : range.split(";", -1)) {
            var stripped = parameter.strip();
            if (stripped.startsWith("q=")) {
                return stripped.matches("q=0(\\.0{0,3})?") ? 0 : 1;
            }
        }
        return 1;
    }
}
