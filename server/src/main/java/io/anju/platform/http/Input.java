package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a request's body: the tree as it came, where it stands, and the list that its faults go to.
 *
 * <p>Reading goes on after a fault, so that all are found at once. The pointer is put together only when there is a
 * fault to report.
 */
public final class Input implements Scalar.Faults {
    /** Longest piece of a client's own field name that is repeated in an answer. */
    private static final int MOST_OF_A_NAME = 64;

    private final @Nullable Input parent;
    private final @Nullable String name;
    private final int index;
    private final JsonNode node;
    private final Violations violations;

    private Input(@Nullable Input parent, @Nullable String name, int index, JsonNode node, Violations violations) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.node = node;
        this.violations = violations;
    }

    static Input root(JsonNode node, Violations violations) {
        return new Input(null, null, 0, node, violations);
    }

    Input field(String field, JsonNode value) {
        return new Input(this, field, 0, value, violations);
    }

    Input item(int position, JsonNode value) {
        return new Input(this, null, position, value, violations);
    }

    JsonNode node() {
        return node;
    }

    boolean isSound() {
        return violations.isEmpty();
    }

    /** Opens an object to read its fields by name; null, with the fault noted, where it is something else. */
    public @Nullable ObjectInput object() {
        if (!node.isObject()) {
            return fault(FormProblem.WRONG_TYPE, Map.of("expected", "object"));
        }
        return new ObjectInput(this);
    }

    /** Notes a fault of this value and gives null in its place. */
    <T> @Nullable T fault(FormProblem problem, Map<String, String> args) {
        add(problem, args);
        return null;
    }

    @Override
    public void add(FormProblem problem, Map<String, String> args) {
        violations.add(pointer(), problem, args);
    }

    /** The JSON Pointer (RFC 6901) of this value in the body; empty for the body itself. */
    String pointer() {
        var pointer = new StringBuilder();
        appendPointer(pointer);
        return pointer.toString();
    }

    private void appendPointer(StringBuilder pointer) {
        if (parent == null) {
            return;
        }
        parent.appendPointer(pointer);
        pointer.append('/');
        if (name == null) {
            pointer.append(index);
        } else {
            pointer.append(shortened(name).replace("~", "~0").replace("/", "~1"));
        }
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_OF_A_NAME
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_OF_A_NAME)) + "…";
    }
}
