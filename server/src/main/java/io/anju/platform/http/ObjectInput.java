package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one object, read one after the other by generated code; {@link #finish} then finds the unknown ones. */
public final class ObjectInput {
    private final Input input;
    private int seen;

    ObjectInput(Input input) {
        this.input = input;
    }

    /** A field that must be there and not be null. */
    public <T> @Nullable T required(String name, Reader<T> reader) {
        var value = input.node().get(name);
        if (value == null) {
            return missing(name);
        }
        return present(name, value, reader);
    }

    /** A field that may be left out, but not be null. */
    public <T> @Nullable T optional(String name, Reader<T> reader) {
        var value = input.node().get(name);
        return value == null ? null : present(name, value, reader);
    }

    /** A field that may be left out, which means the contract's default. */
    public <T> @Nullable T optional(String name, Reader<T> reader, T otherwise) {
        var value = input.node().get(name);
        return value == null ? otherwise : present(name, value, reader);
    }

    /** A field that may be left out or be null. */
    public <T> @Nullable T nullable(String name, Reader<T> reader) {
        var value = input.node().get(name);
        if (value != null && value.isNull()) {
            seen++;
            return null;
        }
        return value == null ? null : present(name, value, reader);
    }

    /** A field that must be there and may be null. */
    public <T> @Nullable T requiredNullable(String name, Reader<T> reader) {
        return input.node().has(name) ? nullable(name, reader) : missing(name);
    }

    /** Notes every field that is not among the known ones; true where nothing in the request was wrong up to here. */
    public boolean finish(Set<String> known) {
        if (seen < input.node().size()) {
            for (Map.Entry<String, JsonNode> field : input.node().properties()) {
                if (!known.contains(field.getKey())) {
                    input.field(field.getKey(), field.getValue()).fault(FormProblem.UNKNOWN_FIELD, Map.of());
                }
            }
        }
        return input.isSound();
    }

    private <T> @Nullable T present(String name, JsonNode value, Reader<T> reader) {
        seen++;
        var field = input.field(name, value);
        return value.isNull() ? field.fault(FormProblem.NULL_NOT_ALLOWED, Map.of()) : reader.read(field);
    }

    private <T> @Nullable T missing(String name) {
        return input.field(name, input.node()).fault(FormProblem.REQUIRED, Map.of());
    }
}
