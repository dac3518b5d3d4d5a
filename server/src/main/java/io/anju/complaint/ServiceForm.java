package io.anju.complaint;

import io.anju.platform.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a form that asks for a service, by GeoReport's names. */
final class ServiceForm {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_FIELDS = 60;
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_LINE = 200;
    private static final String KEY = "api_key";
    /** Where to answer to, as far as whoever files it says so; kept sealed and never shown in public. */
    private static final List<String> CONTACT = List.of("first_name", "last_name", "phone", "email");

    private static final List<String> PLACE = List.of("address_string", "lat", "long", "media_url");

    private final Map<String, String> fields;

    private ServiceForm(Map<String, String> fields) {
        this.fields = fields;
    }

    static ServiceForm parse(Buffer body) {
        var fields = new TreeMap<String, String>();
        if (body.length() > MAX_BYTES) {
            throw invalid("form");
        }
        for (var pair : body.toString(StandardCharsets.UTF_8).split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                var value =
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)).strip();
                if (fields.put(name, value) != null || fields.size() > MAX_FIELDS) {
                    throw invalid(name);
                }
            }
        }
        return new ServiceForm(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("form");
        }
    }

    private static Refusal invalid(String field) {
        var shown = field.length() > 40 ? field.substring(0, 40) : field;
        return Refusal.of(ComplaintProblem.SERVICE_FORM_INVALID, Map.of("field", shown));
    }

    Optional<String> find(String name, int most) {
        var value = fields.getOrDefault(name, "");
        if (value.length() > most) {
            throw invalid(name);
        }
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    String require(String name) {
        return find(name, MAX_LINE).orElseThrow(() -> invalid(name));
    }

    Optional<String> apiKey() {
        return find(KEY, MAX_LINE);
    }

    /** The code of an area that the program knows; null where the place is only described. */
    @Nullable
    String area() {
        return find("address_id", 12).orElse(null);
    }

    void requirePlace() {
        var given = find("address_id", 12).isPresent()
                || find("address_string", MAX_LINE).isPresent()
                || (find("lat", MAX_LINE).isPresent() && find("long", MAX_LINE).isPresent());
        if (!given) {
            throw Refusal.of(ComplaintProblem.SERVICE_LOCATION_MISSING);
        }
    }

    /** What the office reads: the words, and below them where it is as far as only words say so. */
    String text() {
        var words = find("description", MAX_TEXT).orElseThrow(() -> invalid("description"));
        return lines(Stream.concat(Stream.of(words), said(PLACE)));
    }

    Optional<String> contact() {
        var said = lines(CONTACT.stream().flatMap(name -> find(name, MAX_LINE).stream()));
        return Optional.of(said.length() > MAX_LINE ? said.substring(0, MAX_LINE) : said)
                .filter(text -> !text.isEmpty());
    }

    private Stream<String> said(List<String> names) {
        return names.stream().flatMap(name -> find(name, MAX_LINE).map(value -> name + ": " + value).stream());
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"));
    }

    /** Everything but the key, in one order: two forms with the same one are the same form. */
    String canonical() {
        return fields.entrySet().stream()
                .filter(field -> !field.getKey().equals(KEY))
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("\n"));
    }
}
