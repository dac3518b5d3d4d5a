package io.anju.waitinglist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a statement with its values.
 *
 * @param text with a question mark for each value
 */
record RegisterTerm(String text, List<Object> values) {
    static RegisterTerm of(String text, Object... values) {
        return new RegisterTerm(text, List.of(values));
    }

    RegisterTerm and(RegisterTerm other) {
        var all = new ArrayList<>(values);
        all.addAll(other.values);
        return new RegisterTerm(text + "\n AND " + other.text, all);
    }

    /** @param outer with %s where this goes */
    RegisterTerm within(String outer) {
        return new RegisterTerm(outer.formatted(text), values);
    }

    static RegisterTerm allOf(List<RegisterTerm> terms) {
        return terms.stream().reduce(RegisterTerm::and).orElse(of("true"));
    }

    /** A statement whose values are numbered. */
    record Statement(String text, @Nullable Object[] values) {}

    /** Puts pieces into a statement, one after the other. */
    static final class Statements {
        private final StringBuilder text = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        Statements add(String text, Object... values) {
            return add(of(text, values));
        }

        Statements add(RegisterTerm term) {
            int value = 0;
            for (int at = 0; at < term.text.length(); at++) {
                char one = term.text.charAt(at);
                if (one == '?') {
                    values.add(term.values.get(value++));
                    text.append('$').append(values.size());
                } else {
                    text.append(one);
                }
            }
            return this;
        }

        Statement end() {
            return new Statement(text.toString(), values.toArray());
        }
    }
}
