package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value without parts: it may stand in a body and, as text, in a path, a query or a header. */
public abstract class Scalar<T> implements Reader<T> {
    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST_INSTANT = "2026-01-01T00:00:00Z".length();

    /** A calendar date, {@code 2026-03-01}. */
    public static final Scalar<LocalDate> DATE = new Textual<>() {
        @Override
        @Nullable
        LocalDate parse(String text, Faults faults) {
            try {
                // the length keeps out the years beyond 9999 that the parser would take with a sign
                return text.length() == DATE_LENGTH ? LocalDate.parse(text) : faults.note(FormProblem.NOT_A_DATE);
            } catch (DateTimeException e) {
                return faults.note(FormProblem.NOT_A_DATE);
            }
        }
    };

    /** An RFC 3339 instant with its offset, {@code 2026-03-01T08:30:00Z}. */
    public static final Scalar<Instant> INSTANT = new Textual<>() {
        @Override
        @Nullable
        Instant parse(String text, Faults faults) {
            try {
                return text.length() >= SHORTEST_INSTANT && Character.isDigit(text.charAt(0))
                        ? OffsetDateTime.parse(text).toInstant()
                        : faults.note(FormProblem.NOT_AN_INSTANT);
            } catch (DateTimeException e) {
                return faults.note(FormProblem.NOT_AN_INSTANT);
            }
        }
    };

    /** A UUID in its full form; the JDK's parser alone would take {@code 1-1-1-1-1}. */
    public static final Scalar<UUID> IDENTIFIER = new Textual<>() {
        @Override
        @Nullable
        UUID parse(String text, Faults faults) {
            return isUuid(text) ? UUID.fromString(text) : faults.note(FormProblem.NOT_A_UUID);
        }
    };

    public static final Scalar<Boolean> TRUTH = new Scalar<>() {
        @Override
        @Nullable
        Boolean parse(String text, Faults faults) {
            return switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> faults.note(FormProblem.WRONG_TYPE, "expected", "boolean");
            };
        }

        @Override
        @Nullable
        Boolean value(JsonNode node, Faults faults) {
            return node.isBoolean()
                    ? Boolean.valueOf(node.booleanValue())
                    : faults.note(FormProblem.WRONG_TYPE, "expected", "boolean");
        }
    };

    /** Where a scalar reports what is wrong with it; gives null so that a reader can end with the report. */
    @FunctionalInterface
    interface Faults {
        void add(FormProblem problem, Map<String, String> args);

        default <T> @Nullable T note(FormProblem problem) {
            add(problem, Map.of());
            return null;
        }

        default <T> @Nullable T note(FormProblem problem, String argument, String value) {
            add(problem, Map.of(argument, value));
            return null;
        }
    }

    /** Whole numbers that fit an {@code int}, both bounds included. */
    public static Scalar<Integer> int32(int minimum, int maximum) {
        return new WholeNumber<>(minimum, maximum) {
            @Override
            Integer narrow(long number) {
                return (int) number;
            }
        };
    }

    /** Whole numbers, both bounds included. */
    public static Scalar<Long> int64(long minimum, long maximum) {
        return new WholeNumber<>(minimum, maximum) {
            @Override
            Long narrow(long number) {
                return number;
            }
        };
    }

    /** Any number, exact. */
    public static Scalar<BigDecimal> decimal() {
        return new DecimalNumber();
    }

    /** Text of bounded length, in code points, that matches the pattern as a whole where there is one. */
    public static Scalar<String> text(int minimum, int maximum, @Nullable String pattern) {
        return new BoundedText(minimum, maximum, pattern);
    }

    /** One of a fixed list, by its name on the wire. */
    public static <E extends Enum<E>> Scalar<E> choice(E[] values, Function<E, String> wire) {
        var byName = new LinkedHashMap<String, E>();
        for (E value : values) {
            byName.put(wire.apply(value), value);
        }
        var allowed = String.join(", ", List.copyOf(byName.keySet()));
        return new Textual<>() {
            @Override
            @Nullable
            E parse(String text, Faults faults) {
                var value = byName.get(text);
                return value != null ? value : faults.note(FormProblem.NOT_IN_LIST, "allowed", allowed);
            }
        };
    }

    @Override
    public @Nullable T read(Input input) {
        return value(input.node(), input);
    }

    /** Reads it where it stands as text. */
    abstract @Nullable T parse(String text, Faults faults);

    /** Reads it where it stands in a JSON document. */
    abstract @Nullable T value(JsonNode node, Faults faults);

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }
}
