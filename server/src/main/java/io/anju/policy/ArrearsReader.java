package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code arrears}. */
final class ArrearsReader {
    private static final int MAX_DAYS = 1_000;
    private static final int MAX_MONTHS = 60;
    private static final int SHORTEST_MONTH = 28;
    private static final int LONGEST_MONTH = 31;
    /** Two weeks hold at least six working days, holidays of eight days included. */
    private static final int CALENDAR_PER_WORKING_DAY = 3;

    private final MoneyNodes nodes;

    ArrearsReader(MoneyNodes nodes) {
        this.nodes = nodes;
    }

    ArrearsLadder ladder(YamlNode node) {
        node.onlyKeys("steps", "endsLease", "afterEnd", "relief");
        var seen = new HashSet<String>();
        var rungs = node.listOf("steps", rung -> rung(rung, seen));
        requireClimbing(node, rungs);
        requireDeliverable(node, rungs);
        return new ArrearsLadder(
                rungs,
                node.find("endsLease").map(ArrearsReader::end).orElse(null),
                node.find("afterEnd").map(this::afterEnd).orElse(null),
                node.find("relief").map(ArrearsRelief::read).orElse(ArrearsRelief.NONE));
    }

    private ArrearsLadder.Rung rung(YamlNode node, Set<String> seen) {
        node.onlyKeys(
                "id",
                "action",
                "after",
                "when",
                "atLeastYuan",
                "atLeastMonths",
                "afterDelivery",
                "office",
                "channels",
                "text");
        return new ArrearsLadder.Rung(
                nodes.newId(node, seen),
                node.get("action").oneOf(ArrearsAnswer.Action.class),
                after(node.get("after")),
                nodes.conditions().when(node),
                node.find("atLeastYuan")
                        .map(nodes.conditions().figures()::amount)
                        .orElse(Amount.of(Rational.ZERO)),
                node.find("atLeastMonths")
                        .map(months -> months.integer(1, MAX_MONTHS))
                        .orElse(0),
                node.find("afterDelivery").map(this::delivery).orElse(null),
                handling(node),
                Text.read(node.get("text"), Set.of("unpaidSince", "dueOn", "overdueYuan")));
    }

    private ArrearsLadder.Delivery delivery(YamlNode node) {
        node.onlyKeys("of", "days");
        return new ArrearsLadder.Delivery(
                node.get("of").text(), node.get("days").integer(0, MAX_DAYS));
    }

    /** A step that says nothing about it is seen to by the city and shown in the mini-program. */
    private static ArrearsLadder.Handling handling(YamlNode node) {
        return new ArrearsLadder.Handling(
                node.find("office")
                        .map(office -> office.oneOf(ArrearsFollowUp.Office.class))
                        .orElse(ArrearsFollowUp.Office.CITY),
                node.find("channels")
                        .map(channels -> channels.list(one -> one.oneOf(ArrearsFollowUp.Channel.class)))
                        .orElse(List.of(ArrearsFollowUp.Channel.APP)));
    }

    /** What must have been delivered is a step before, which reaches the household some way. */
    private static void requireDeliverable(YamlNode node, List<ArrearsLadder.Rung> rungs) {
        var before = new HashSet<String>();
        for (var rung : rungs) {
            var needed = rung.delivery();
            if (needed != null && !before.contains(needed.of())) {
                node.get("steps")
                        .report("'" + rung.id() + "' waits for the delivery of '" + needed.of()
                                + "', which is no step before it that has a channel");
            }
            if (!rung.handling().channels().isEmpty()) {
                before.add(rung.id());
            }
        }
    }

    private static ArrearsLadder.After after(YamlNode node) {
        node.onlyKeys("days", "workingDays", "months");
        var given = List.of("days", "workingDays", "months").stream()
                .filter(key -> node.find(key).isPresent())
                .toList();
        if (given.size() != 1) {
            throw node.broken("one of days, workingDays and months is expected here");
        }
        return switch (given.get(0)) {
            case "days" ->
                new ArrearsLadder.After(
                        ArrearsLadder.Unit.DAYS, node.get("days").integer(0, MAX_DAYS));
            case "workingDays" ->
                new ArrearsLadder.After(
                        ArrearsLadder.Unit.WORKING_DAYS, node.get("workingDays").integer(0, MAX_DAYS));
            default ->
                new ArrearsLadder.After(
                        ArrearsLadder.Unit.MONTHS, node.get("months").integer(1, MAX_MONTHS));
        };
    }

    /** Each step is harder than the one before, and comes later. */
    private static void requireClimbing(YamlNode node, List<ArrearsLadder.Rung> rungs) {
        for (var i = 1; i < rungs.size(); i++) {
            var before = rungs.get(i - 1);
            var rung = rungs.get(i);
            if (rung.action().compareTo(before.action()) < 0) {
                node.get("steps").report("'" + rung.id() + "' is milder than '" + before.id() + "' before it");
            }
            if (isNotLater(before.after(), rung.after())) {
                node.get("steps")
                        .report("'" + rung.id() + "' does not come later than '" + before.id() + "' before it");
            }
        }
    }

    private static boolean isNotLater(ArrearsLadder.After before, ArrearsLadder.After after) {
        return before.unit() == after.unit() ? before.count() >= after.count() : leastDays(before) >= mostDays(after);
    }

    private static int leastDays(ArrearsLadder.After after) {
        return after.unit() == ArrearsLadder.Unit.MONTHS ? after.count() * SHORTEST_MONTH : after.count();
    }

    private static int mostDays(ArrearsLadder.After after) {
        return switch (after.unit()) {
            case DAYS -> after.count();
            case WORKING_DAYS -> after.count() * CALENDAR_PER_WORKING_DAY;
            case MONTHS -> after.count() * LONGEST_MONTH;
        };
    }

    private static ArrearsLadder.End end(YamlNode node) {
        node.onlyKeys("months", "counting", "text");
        return new ArrearsLadder.End(
                MonthLimit.read(node.get("months")),
                node.get("counting").oneOf(ArrearsLadder.Counting.class),
                Text.read(node.get("text"), Set.of(Wording.LIMIT, "unpaidMonths")));
    }

    private RentAfterEnd afterEnd(YamlNode node) {
        node.onlyKeys("of", "stages", "rounding", "text");
        var seen = new HashSet<String>();
        var stages = node.get("stages").list(stage -> stage(stage, seen));
        for (var i = 0; i < stages.size(); i++) {
            if ((stages.get(i).months() == 0) != (i == stages.size() - 1)) {
                node.get("stages").report("every stage but the last one says for how many months it holds");
            }
        }
        if (stages.isEmpty()) {
            node.get("stages").report("at least one stage is expected here");
        }
        var of = nodes.quantity(node.get("of"));
        var placeholders = new TreeSet<>(
                Set.of(Wording.YUAN, "standard", "sharePercent", "endedOn", TenancyFact.HOME_AREA_SQM.code()));
        of.eachFact(fact -> placeholders.add(fact.code()));
        return new RentAfterEnd(of, stages, nodes.rounding(node), Text.read(node.get("text"), placeholders));
    }

    private RentAfterEnd.Stage stage(YamlNode node, Set<String> seen) {
        node.onlyKeys("id", "months", "share");
        return new RentAfterEnd.Stage(
                nodes.newId(node, seen),
                node.find("months").map(months -> months.integer(1, MAX_MONTHS)).orElse(0),
                nodes.share(node.get("share")));
    }
}
