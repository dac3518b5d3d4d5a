package io.anju.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The page that says what others are told, and what was told. */
public final class EventPage {
    private static final Path PAGE = Path.of("docs", "events.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\|.*\\| ([^|]+) \\|");
    private static final Pattern FIELD = Pattern.compile("`(\\w+)`");
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventPage() {}

    /** The fields of each topic of some rooms, as the page has them. */
    public static Map<String, Set<String>> declared(Set<String> rooms) {
        var declared = new TreeMap<String, Set<String>>();
        for (var line : lines()) {
            var row = ROW.matcher(line);
            if (row.matches()
                    && rooms.contains(row.group(1).substring(0, row.group(1).indexOf('.')))) {
                var fields = new TreeSet<String>();
                FIELD.matcher(row.group(2)).results().forEach(field -> fields.add(field.group(1)));
                declared.put(row.group(1), fields);
            }
        }
        return declared;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A topic with the fields of something that was told. */
    public record Told(String topic, Set<String> fields) {}

    /** What some rooms told in the database of a server. */
    public static Set<Told> told(Anju anju, Set<String> rooms) {
        return Set.copyOf(Anju.await(anju.db()
                .list("""
                        SELECT DISTINCT topic, payload::text AS payload
                          FROM platform.outbox
                         WHERE split_part(topic, '.', 1) = ANY ($1::text[])
                        """, row -> new Told(row.getString("topic"), fields(row.getString("payload"))), (Object)
                        rooms.toArray(String[]::new))));
    }

    private static Set<String> fields(String payload) {
        try {
            var fields = new TreeSet<String>();
            JSON.readTree(payload).fieldNames().forEachRemaining(fields::add);
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
