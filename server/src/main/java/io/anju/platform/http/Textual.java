package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A scalar that is a string in JSON too. */
abstract class Textual<T> extends Scalar<T> {
    @Override
    @Nullable
    T value(JsonNode node, Faults faults) {
        return node.isTextual()
                ? parse(node.textValue(), faults)
                : faults.note(FormProblem.WRONG_TYPE, "expected", "string");
    }
}
