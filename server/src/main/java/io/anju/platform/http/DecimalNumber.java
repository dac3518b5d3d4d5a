package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Any JSON number, kept exactly. Its exponent is bounded: {@code 1e999999999} would fill the heap when written out. */
final class DecimalNumber extends Scalar<BigDecimal> {
    private static final int MOST_SCALE = 20;

    @Override
    @Nullable
    BigDecimal value(JsonNode node, Faults faults) {
        return node.isNumber() ? bounded(node.decimalValue(), faults) : wrongType(faults);
    }

    @Override
    @Nullable
    BigDecimal parse(String text, Faults faults) {
        try {
            return text.length() <= Json.MAX_NUMBER_LENGTH ? bounded(new BigDecimal(text), faults) : wrongType(faults);
        } catch (NumberFormatException e) {
            return wrongType(faults);
        }
    }

    private static @Nullable BigDecimal bounded(BigDecimal number, Faults faults) {
        return Math.abs((long) number.scale()) <= MOST_SCALE ? number : wrongType(faults);
    }

    private static @Nullable BigDecimal wrongType(Faults faults) {
        return faults.note(FormProblem.WRONG_TYPE, "expected", "number");
    }
}
