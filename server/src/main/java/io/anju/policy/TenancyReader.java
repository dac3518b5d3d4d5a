package io.anju.policy;

import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlFile;
import io.anju.policy.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code tenancy} of a file of facts: the home, its lease and what happened to it. */
final class TenancyReader {
    private static final Pattern AREA = Pattern.compile("\\d{1,6}(\\.\\d{1,2})?");
    private static final int MAX_MONTHS = 600;
    private static final Pattern FEN = Pattern.compile("\\d{1,15}");

    private TenancyReader() {}

    /** A file without the part tells nothing of a home. */
    static TenancyCase read(String file, String text) {
        var faults = new Faults(file);
        var root = new YamlNode(YamlFile.read(text, faults), faults);
        var tenancy = faults.attempt(
                () -> root.find("tenancy").map(TenancyReader::tenancy).orElse(TenancyCase.NONE));
        faults.refuse();
        return tenancy.orElseThrow();
    }

    private static TenancyCase tenancy(YamlNode node) {
        node.onlyKeys(
                "homeAreaSqm",
                "projectStandardFenPerSqm",
                "marketRentFenPerSqm",
                "rentPaidFen",
                "earners",
                "lease",
                "monthlyRentFen",
                "arrears",
                "endedOn",
                "subsidyMonths");
        return new TenancyCase(
                facts(node),
                node.find("lease").map(TenancyReader::lease).orElse(null),
                fen(node, "monthlyRentFen"),
                node.find("arrears").map(TenancyReader::arrears).orElse(null),
                node.find("endedOn").map(YamlNode::date).orElse(null),
                node.find("subsidyMonths").map(TenancyReader::subsidyMonths).orElse(null));
    }

    private static TenancyFacts facts(YamlNode node) {
        return new TenancyFacts(
                node.find("homeAreaSqm").map(TenancyReader::area).orElse(null),
                fen(node, "projectStandardFenPerSqm"),
                fen(node, "marketRentFenPerSqm"),
                fen(node, "rentPaidFen"),
                node.listOf("earners", TenancyReader::earner));
    }

    private static BigDecimal area(YamlNode node) {
        var area = new BigDecimal(node.text(AREA, "an area in ㎡ like 19.50"));
        if (area.signum() == 0) {
            throw node.broken("a home has an area");
        }
        return area;
    }

    private static TenancyFacts.Earner earner(YamlNode node) {
        node.onlyKeys("provenMonthlyIncomeFen");
        return new TenancyFacts.Earner(fen(node, "provenMonthlyIncomeFen"));
    }

    private static LeaseTerm lease(YamlNode node) {
        node.onlyKeys("from", "to");
        return sound(
                node,
                () -> new LeaseTerm(node.get("from").date(), node.get("to").date()));
    }

    private static Arrears arrears(YamlNode node) {
        node.onlyKeys("unpaidSince", "overdueFen", "runningMonths", "monthsInAll");
        return sound(
                node,
                () -> new Arrears(
                        node.get("unpaidSince").date(),
                        fen(node.get("overdueFen")),
                        node.get("runningMonths").integer(0, MAX_MONTHS),
                        node.get("monthsInAll").integer(0, MAX_MONTHS)));
    }

    /** What the facts themselves refuse is told with its line. */
    private static <T> T sound(YamlNode node, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw node.broken(String.valueOf(e.getMessage()));
        }
    }

    private static TenancyCase.SubsidyMonths subsidyMonths(YamlNode node) {
        node.onlyKeys("from", "to", "monthlyFen", "events");
        var from = month(node.get("from"));
        var to = month(node.get("to"));
        if (to.isBefore(from)) {
            throw node.broken("the last month lies before the first");
        }
        return new TenancyCase.SubsidyMonths(
                from, to, fen(node, "monthlyFen"), node.listOf("events", TenancyReader::event));
    }

    private static SubsidyEvent event(YamlNode node) {
        node.onlyKeys("event", "on", "since", "monthlyFen");
        return sound(
                node,
                () -> new SubsidyEvent(
                        node.get("event").oneOf(SubsidyEvent.Kind.class),
                        node.get("on").date(),
                        node.find("since").map(YamlNode::date).orElse(null),
                        fen(node, "monthlyFen")));
    }

    private static YearMonth month(YamlNode node) {
        var value = node.text();
        try {
            return YearMonth.parse(value);
        } catch (DateTimeParseException e) {
            throw node.broken("'" + value + "' is not a month like 2026-01");
        }
    }

    private static @Nullable Long fen(YamlNode owner, String key) {
        return owner.find(key).map(TenancyReader::fen).orElse(null);
    }

    private static long fen(YamlNode node) {
        return Long.parseLong(node.text(FEN, "an amount in whole fen"));
    }
}
