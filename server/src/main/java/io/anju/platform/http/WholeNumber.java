package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Whole numbers within bounds. {@code 1.0} and {@code 1e3} are refused: a client that means a count writes one. */
abstract class WholeNumber<T> extends Scalar<T> {
    private static final int MOST_DIGITS = 19;

    private final long minimum;
    private final long maximum;

    WholeNumber(long minimum, long maximum) {
        this.minimum = minimum;
        this.maximum = maximum;
    }

    abstract T narrow(long number);

    @Override
    @Nullable
    T value(JsonNode node, Faults faults) {
        if (!node.isIntegralNumber()) {
            return faults.note(FormProblem.WRONG_TYPE, "expected", "integer");
        }
        if (!node.canConvertToLong()) {
            return node.bigIntegerValue().signum() < 0 ? tooSmall(faults) : tooLarge(faults);
        }
        return bounded(node.longValue(), faults);
    }

    @Override
    @Nullable
    T parse(String text, Faults faults) {
        if (!isWhole(text)) {
            return faults.note(FormProblem.WRONG_TYPE, "expected", "integer");
        }
        try {
            return bounded(Long.parseLong(text), faults);
        } catch (NumberFormatException e) {
            return text.charAt(0) == '-' ? tooSmall(faults) : tooLarge(faults);
        }
    }

    private @Nullable T bounded(long number, Faults faults) {
        if (number < minimum) {
            return tooSmall(faults);
        }
        return number > maximum ? tooLarge(faults) : narrow(number);
    }

    private @Nullable T tooSmall(Faults faults) {
        return faults.note(FormProblem.TOO_SMALL, "minimum", Long.toString(minimum));
    }

    private @Nullable T tooLarge(Faults faults) {
        return faults.note(FormProblem.TOO_LARGE, "maximum", Long.toString(maximum));
    }

    private static boolean isWhole(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() == start || text.length() - start > MOST_DIGITS) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
