package io.anju.platform.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every problem that the product can answer, with its texts: what {@code listProblemCodes} publishes. */
public final class Catalogue {
    /** Each has its {@code problems/<domain>.yaml}. */
    public static final List<String> DOMAINS = List.of(
            "platform",
            "identity",
            "policy",
            "application",
            "review",
            "verification",
            "publicity",
            "waitinglist",
            "publication",
            "simulation",
            "ledger",
            "payment",
            "message",
            "rights",
            "proxy",
            "lease",
            "rent",
            "arrears",
            "complaint",
            "reconciliation");

    private final Map<String, Entry> entries;

    private Catalogue(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** A text in both languages; placeholders like <code>{maximum}</code> take the arguments of a refusal. */
    public record Text(@JsonProperty("zh-CN") String zhCn, String en) {
        public String in(boolean english) {
            return english ? en : zhCn;
        }
    }

    /** One code with its status and texts. */
    public record Entry(String id, String domain, int status, Text title, Text detail) {}

    private record Source(int status, Text title, Text detail) {}

    /** Reads the files of all domains; fails where one is missing, or where two define one code. */
    public static Catalogue load() {
        var entries = new LinkedHashMap<String, Entry>();
        for (String domain : DOMAINS) {
            read(domain).forEach((id, source) -> {
                var entry = new Entry(id, domain, source.status(), source.title(), source.detail());
                if (entries.put(id, entry) != null) {
                    throw new IllegalStateException("two domains define the problem " + id);
                }
            });
        }
        return new Catalogue(entries);
    }

    /** All entries, grouped by domain. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    public @Nullable Entry find(String id) {
        return entries.get(id);
    }

    /** What a finding says, in English or else in Chinese. */
    public String detail(Finding finding, boolean english) {
        return ProblemDocument.fill(get(finding.code()).detail().in(english), finding.args());
    }

    /** The entry of a code; every code has one, a test sees to it. */
    Entry get(Code code) {
        var entry = entries.get(code.id());
        if (entry == null) {
            throw new IllegalStateException("no text for the problem " + code.id());
        }
        return entry;
    }

    private static Map<String, Source> read(String domain) {
        var name = "/problems/" + domain + ".yaml";
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + name);
            }
            return new ObjectMapper(new YAMLFactory()).readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
