package io.anju.policy;

import io.anju.policy.number.Rational;
import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections on what follows after registration; each of them may be missing. */
final class CaseRulesReader {
    static final Set<String> SECTIONS = Set.of("waivers", "batches", "homeSize", "annualReview", "exit", "complaints");

    private static final int MAX_YEARS = 50;
    private static final int MAX_DAYS = 365;
    private static final int MAX_MONTHS = 120;
    private static final int MAX_ROOMS = 10;
    private static final int MAX_PERCENT = 1_000;
    private static final int MAX_WAIVERS = 100;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final YamlNode root;
    private final Faults faults;
    private final ConditionReader conditions;
    private final Scoring scoring;

    CaseRulesReader(YamlNode root, Faults faults, ConditionReader conditions, Scoring scoring) {
        this.root = root;
        this.faults = faults;
        this.conditions = conditions;
        this.scoring = scoring;
    }

    private enum Rounding {
        UP(RoundingMode.UP),
        DOWN(RoundingMode.DOWN),
        HALF_UP(RoundingMode.HALF_UP);

        private final RoundingMode mode;

        Rounding(RoundingMode mode) {
            this.mode = mode;
        }
    }

    CaseRules rules() {
        return new CaseRules(
                section("waivers", this::waivers),
                section("batches", CaseRulesReader::batches),
                section("homeSize", this::homeSize),
                section("annualReview", node -> new AnnualReviewReader(ID).review(node)),
                Optional.ofNullable(section("exit", CaseRulesReader::exit)).orElse(List.of()),
                Optional.ofNullable(section("complaints", CaseRulesReader::complaints))
                        .orElse(List.of()));
    }

    /** Null where the section is missing or broken; the faults end the reading later. */
    private <T> @Nullable T section(String name, Function<YamlNode, T> read) {
        return faults.attempt(() -> root.find(name).map(read))
                .flatMap(Function.identity())
                .orElse(null);
    }

    private Waivers waivers(YamlNode node) {
        node.onlyKeys("steps");
        var steps = node.get("steps").list(this::waiverStep);
        if (steps.isEmpty() || steps.get(0).from() != 1) {
            throw node.broken("the first step must say what the first refusal leads to: from: 1");
        }
        for (var i = 1; i < steps.size(); i++) {
            if (steps.get(i).from() <= steps.get(i - 1).from()) {
                node.report("step " + (i + 1) + " can never hold: the steps go by 'from', the smallest first");
            }
        }
        return new Waivers(steps);
    }

    private Waivers.Step waiverStep(YamlNode node) {
        var consequence = node.get("consequence").oneOf(Waivers.Consequence.class);
        switch (consequence) {
            case NONE, TO_THE_END -> node.onlyKeys("from", "consequence", "text");
            case BAR -> node.onlyKeys("from", "consequence", "text", "years");
            case POINTS -> node.onlyKeys("from", "consequence", "text", "item");
        }
        return new Waivers.Step(
                node.get("from").integer(1, MAX_WAIVERS),
                consequence,
                consequence == Waivers.Consequence.BAR ? node.get("years").integer(1, MAX_YEARS) : 0,
                consequence == Waivers.Consequence.POINTS ? waiverItem(node.get("item")) : null,
                Text.read(node.get("text"), Set.of("waiverCount", "waivedOn", "until")));
    }

    private String waiverItem(YamlNode node) {
        var id = node.text();
        if (!scoring.punishesWaivers(id)) {
            throw node.broken("the score has no deduction '" + id + "' by waiverCount");
        }
        return id;
    }

    private static Batches batches(YamlNode node) {
        node.onlyKeys("perHome", "rounding", "reCheckWorkingDays");
        var perHome = node.get("perHome").number();
        if (perHome.compareTo(Rational.ONE) < 0) {
            throw node.get("perHome").broken("at least one household is called for each home");
        }
        return new Batches(
                new BigDecimal(perHome.display()),
                node.get("rounding").oneOf(Rounding.class).mode,
                node.get("reCheckWorkingDays").integer(1, MAX_DAYS));
    }

    private HomeSize homeSize(YamlNode node) {
        node.onlyKeys("keys", "rows");
        var keys = node.get("keys").list(Fact::read);
        var tables = new ScoreRuleReader(conditions);
        var sizes = new ArrayList<HomeSize.Size>();
        var rows = node.get("rows").list(row -> {
            var ranges = tables.ranges(row, keys, "rooms", "mostAreaSqm");
            var place = Rational.of(sizes.size());
            sizes.add(size(row));
            return new ScoreRule.Table.Row(ranges, place);
        });
        return new HomeSize(tables.covered(node.get("rows"), new ScoreRule.Table(keys, rows)), sizes);
    }

    private static HomeSize.Size size(YamlNode row) {
        var area = row.get("mostAreaSqm").number();
        if (area.signum() <= 0) {
            throw row.get("mostAreaSqm").broken("an area greater than 0 is expected here");
        }
        return new HomeSize.Size(row.get("rooms").integer(1, MAX_ROOMS), new BigDecimal(area.display()));
    }

    private static List<ExitGround> exit(YamlNode node) {
        var seen = new HashSet<String>();
        return node.list(ground -> {
            ground.onlyKeys("id", "name", "movingMonths", "rentWithin", "rentAfter", "barYears");
            var id = ground.get("id").text(ID, "a name like no-longer-eligible");
            if (!seen.add(id)) {
                ground.report("'" + id + "' is given twice");
            }
            return new ExitGround(
                    id,
                    Text.read(ground.get("name")),
                    ground.get("movingMonths").integer(0, MAX_MONTHS),
                    rent(ground.get("rentWithin")),
                    rent(ground.get("rentAfter")),
                    ground.get("barYears").integer(0, MAX_YEARS));
        });
    }

    private static ExitGround.Rent rent(YamlNode node) {
        node.onlyKeys("of", "percent");
        var percent = node.get("percent").number();
        if (percent.signum() < 0 || percent.compareTo(Rational.of(MAX_PERCENT)) > 0) {
            throw node.get("percent").broken("a percentage from 0 to " + MAX_PERCENT + " is expected here");
        }
        return new ExitGround.Rent(node.get("of").oneOf(ExitGround.Basis.class), new BigDecimal(percent.display()));
    }

    private static List<ComplaintClock> complaints(YamlNode node) {
        Set<ComplaintClock.Kind> seen = new HashSet<>();
        var clocks = node.list(clock -> {
            clock.onlyKeys("kind", "accept", "handle", "extension", "refuseTransfer");
            var kind = clock.get("kind").oneOf(ComplaintClock.Kind.class);
            if (!seen.add(kind)) {
                clock.report("the clock of " + Codes.kebab(kind) + " is given twice");
            }
            return new ComplaintClock(
                    kind,
                    clock.find("accept").map(CaseRulesReader::span).orElse(null),
                    span(clock.get("handle")),
                    clock.find("extension").map(CaseRulesReader::span).orElse(null),
                    clock.find("refuseTransfer").map(CaseRulesReader::span).orElse(null));
        });
        for (var kind : ComplaintClock.Kind.values()) {
            if (!seen.contains(kind)) {
                node.report("the clock of " + Codes.kebab(kind) + " is missing");
            }
        }
        return clocks;
    }

    static ComplaintClock.Span span(YamlNode node) {
        node.onlyKeys("days", "counted");
        return new ComplaintClock.Span(
                node.get("days").integer(1, MAX_DAYS), node.get("counted").oneOf(ComplaintClock.Count.class));
    }
}
