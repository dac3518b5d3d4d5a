package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how a city takes complaints. */
final class ComplaintDeskReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern LEVEL = Pattern.compile("community|street|civil-affairs|district|city");
    private static final Set<ComplaintKind> NEVER_OPEN = EnumSet.of(ComplaintKind.REPORT, ComplaintKind.PETITION);
    private static final int MAX_ROUNDS = 5;

    private ComplaintDeskReader() {}

    static ComplaintDesk desk(YamlNode node) {
        node.onlyKeys("programme", "anonymousReports", "reopen", "reviews", "categories");
        var seen = new HashSet<String>();
        return new ComplaintDesk(
                node.get("programme").text(ID, "a programme like public-rental"),
                node.get("anonymousReports").yesOrNo(),
                CaseRulesReader.span(node.get("reopen")),
                reviews(node.get("reviews")),
                node.get("categories").list(category -> category(category, seen)));
    }

    private static ComplaintDesk.Reviews reviews(YamlNode node) {
        node.onlyKeys("ask", "decide", "rounds");
        return new ComplaintDesk.Reviews(
                CaseRulesReader.span(node.get("ask")),
                CaseRulesReader.span(node.get("decide")),
                node.get("rounds").integer(0, MAX_ROUNDS));
    }

    private static ComplaintDesk.Category category(YamlNode node, Set<String> seen) {
        node.onlyKeys("id", "name", "office", "kinds", "joinable", "open");
        var id = node.get("id").text(ID, "a name like home-repair");
        if (!seen.add(id)) {
            node.report("'" + id + "' is given twice");
        }
        var kinds = EnumSet.noneOf(ComplaintKind.class);
        node.get("kinds").list(kind -> kind.oneOf(ComplaintKind.class)).forEach(kinds::add);
        var joinable = node.find("joinable").map(YamlNode::yesOrNo).orElse(false);
        if (kinds.isEmpty()) {
            node.report("a category that no kind may name is no category");
        }
        if (joinable && kinds.contains(ComplaintKind.REPORT)) {
            node.report("nobody joins a report: that would show it to them");
        }
        var open =
                node.find("open").map(kind -> kind.oneOf(ComplaintKind.class)).orElse(null);
        if (open != null && (NEVER_OPEN.contains(open) || !kinds.contains(open))) {
            node.report("only a kind of the category is open, and neither reports nor petitions are");
        }
        return new ComplaintDesk.Category(
                id,
                Text.read(node.get("name")),
                node.get("office").text(LEVEL, "the level of an office"),
                kinds,
                joinable,
                open);
    }
}
