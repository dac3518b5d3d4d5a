package io.anju.policy;

import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the section {@code annualReview}. */
final class AnnualReviewReader {
    private static final Pattern MONTH_DAY = Pattern.compile("\\d{2}-\\d{2}");
    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);
    private static final int MAX_DAYS = 365;

    private final Pattern ids;

    AnnualReviewReader(Pattern ids) {
        this.ids = ids;
    }

    AnnualReview review(YamlNode node) {
        node.onlyKeys("from", "until", "answers", "steps");
        var seen = EnumSet.noneOf(AnnualReview.Answer.class);
        var choices = node.get("answers").list(answer -> choice(answer, seen));
        for (var answer : AnnualReview.Answer.values()) {
            if (!seen.contains(answer)) {
                node.get("answers").report("what the answer " + Codes.kebab(answer) + " leads to is missing");
            }
        }
        var names = new HashSet<String>();
        return new AnnualReview(
                monthDay(node.get("from")),
                monthDay(node.get("until")),
                choices,
                node.get("steps").list(step -> step(step, names)));
    }

    private static AnnualReview.Choice choice(YamlNode node, Set<AnnualReview.Answer> seen) {
        node.onlyKeys("answer", "consequence", "text");
        var answer = node.get("answer").oneOf(AnnualReview.Answer.class);
        if (!seen.add(answer)) {
            node.report("the answer " + Codes.kebab(answer) + " is given twice");
        }
        return new AnnualReview.Choice(
                answer, node.get("consequence").oneOf(AnnualReview.Consequence.class), Text.read(node.get("text")));
    }

    private AnnualReview.Step step(YamlNode node, Set<String> seen) {
        node.onlyKeys("id", "office", "workingDays", "name");
        var id = node.get("id").text(ids, "a name like street-check");
        if (!seen.add(id)) {
            node.report("step '" + id + "' is given twice");
        }
        var office = Codes.kebab(node.get("office").oneOf(PipelineReader.Office.class));
        return new AnnualReview.Step(
                id, office, node.get("workingDays").integer(1, MAX_DAYS), Text.read(node.get("name")));
    }

    private static MonthDay monthDay(YamlNode node) {
        var value = node.text(MONTH_DAY, "a month and a day like 03-01");
        try {
            var day = MonthDay.parse("--" + value);
            if (day.equals(LEAP_DAY)) {
                throw node.broken("not every year has a 29 February");
            }
            return day;
        } catch (DateTimeException e) {
            throw node.broken("'" + value + "' is not a month and a day like 03-01");
        }
    }
}
