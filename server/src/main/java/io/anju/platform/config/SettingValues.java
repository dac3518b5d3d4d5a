package io.anju.platform.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings as texts, and everything that is wrong with them: an operator is told all of it at once. */
final class SettingValues {
    private final Map<String, String> values = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    SettingValues(Map<String, String> environment) {
        var file = environment.get(Setting.CONFIG.env());
        if (file != null && !file.isBlank()) {
            readFile(Path.of(file));
        }
        for (var setting : Setting.values()) {
            var value = environment.get(setting.env());
            if (value != null && !value.isBlank()) {
                values.put(setting.env(), value.strip());
            }
        }
    }

    private void readFile(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            complain(Setting.CONFIG, "the file " + file + " cannot be read");
        }
        for (var name : properties.stringPropertyNames()) {
            if (Arrays.stream(Setting.values())
                    .anyMatch(setting -> setting.env().equals(name))) {
                values.put(name, properties.getProperty(name).strip());
            } else {
                complaints.add(name + ": no setting has this name (in " + file + ")");
            }
        }
    }

    @Nullable
    String find(Setting setting) {
        var value = values.get(setting.env());
        return value == null || value.isEmpty() ? setting.defaultValue() : value;
    }

    /** The value as {@code parse} reads it, or nothing where it is not set. */
    <T> @Nullable T find(Setting setting, Function<String, T> parse) {
        var value = find(setting);
        if (value == null) {
            return null;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            complain(setting, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The value as {@code parse} reads it; {@code fallback} only keeps reading going after a complaint. */
    <T> T get(Setting setting, T fallback, Function<String, T> parse) {
        var value = find(setting, parse);
        return value == null ? fallback : value;
    }

    int number(Setting setting, int least, int most) {
        return get(setting, least, text -> {
            if (text.matches("\\d{1,9}")) {
                var number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw new IllegalArgumentException(
                    "must be a whole number from " + least + " to " + most + ", not \"" + text + "\"");
        });
    }

    boolean flag(Setting setting) {
        return get(setting, false, text -> oneOf(text, "on", "off").equals("on"));
    }

    static String oneOf(String text, String... allowed) {
        if (!List.of(allowed).contains(text)) {
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", allowed) + ", not \"" + text + "\"");
        }
        return text;
    }

    /** What the file named by the setting holds, without the line's end. */
    @Nullable
    String secret(Setting setting) {
        return find(setting, file -> {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException("the file " + file + " cannot be read", e);
            }
        });
    }

    void require(Setting setting, Setting because) {
        if (find(setting) == null) {
            complain(setting, "must be set when " + because.env() + " is");
        }
    }

    void complain(Setting setting, String what) {
        complaints.add(setting.env() + ": " + what);
    }

    void refuseIfWrong() {
        if (!complaints.isEmpty()) {
            throw new InvalidSettings(complaints);
        }
    }
}
