package io.anju.policy.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Spelling of enum values in documents and in the API. */
public final class Codes {
    private Codes() {}

    /** {@code CIVIL_AFFAIRS} becomes {@code civil-affairs}. */
    public static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String code) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> kebab(value).equals(code))
                .findFirst();
    }
}
