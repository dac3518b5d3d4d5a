package io.anju.policy;

import io.anju.platform.crypto.Sha256;
import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlFile;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a policy document, or refuses it with everything that is wrong, each with its line and reason. */
final class DocumentReader {
    private static final String END = "effectiveTo";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CITY = Pattern.compile("\\d{6}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    /** What an application needs; a programme that is not applied for has none of them. */
    private static final Set<String> APPLICATION = Set.of("documents", "pipeline", "deadlines", "order");

    private static final Set<String> KEYS = keys();
    private static final int MAX_DAYS = 365;
    private static final int MAX_YEARS = 50;
    private static final int FORMAT = 1;

    private final YamlNode root;
    private final Faults faults;
    private final @Nullable City city;
    private final boolean isStored;

    private DocumentReader(YamlNode root, Faults faults, @Nullable City city, boolean isStored) {
        this.root = root;
        this.faults = faults;
        this.city = city;
        this.isStored = isStored;
    }

    /**
     * @param file for messages
     * @param city whose agencies the document may name; null to take any
     */
    static PolicyDocument read(String file, String text, @Nullable City city) {
        return read(file, text, city, false);
    }

    /** Reads canonical content that was checked when it was stored; its last day is kept beside it. */
    static PolicyDocument readStored(String digest, String content) {
        return read("policy.document " + digest, content, null, true);
    }

    private static PolicyDocument read(String file, String text, @Nullable City city, boolean isStored) {
        var faults = new Faults(file);
        var node = YamlFile.read(text, faults);
        var reader = new DocumentReader(new YamlNode(node, faults), faults, city, isStored);
        var document = faults.attempt(() -> reader.document(node));
        faults.refuse();
        return document.orElseThrow();
    }

    private PolicyDocument document(Node node) {
        root.onlyKeys(KEYS);
        root.get("format").integer(FORMAT, FORMAT);
        var meta = meta();
        var conditions = conditions(meta);
        var rules = rules(conditions);
        var content = YamlFile.canonical(node, END);
        return new PolicyDocument(meta, rules, content, Sha256.hex(content));
    }

    private static Set<String> keys() {
        var keys = new HashSet<>(MoneyReader.SECTIONS);
        keys.addAll(Set.of("format", "city", "programme", "version", "title", "programmeName", "effectiveFrom", END));
        keys.addAll(APPLICATION);
        keys.addAll(CaseRulesReader.SECTIONS);
        keys.addAll(Set.of("figures", "tiers", "areas", "eligibility", "scoring", "priorityClasses", "gapBefore"));
        return keys;
    }

    private PolicyMeta meta() {
        var from = root.get("effectiveFrom").date();
        var to = root.find(END).map(YamlNode::date).orElse(null);
        if (to != null && to.isBefore(from)) {
            root.get(END).report("the last day in force lies before the first");
        }
        return new PolicyMeta(
                cityCode(),
                root.get("programme").text(ID, "a name like public-rental"),
                root.get("version").text(VERSION, "a version like 2026-1"),
                Text.read(root.get("title")),
                Text.read(root.get("programmeName")),
                root.get("source").text(),
                root.get("asSeenAt").text(),
                root.get("confidence").text(Pattern.compile("[ABC]"), "A, B or C"),
                from,
                to,
                root.find("gapBefore").map(YamlNode::yesOrNo).orElse(false));
    }

    private String cityCode() {
        var code = root.get("city").text(CITY, "a city code of six digits");
        if (city != null && !city.code().equals(code)) {
            root.get("city").report("the city " + code + " belongs in the folder " + code);
        }
        return code;
    }

    private ConditionReader conditions(PolicyMeta meta) {
        var period = new Figures.Period(meta.effectiveFrom(), meta.effectiveTo(), isStored);
        var figures = Figures.read(root.listOf("figures", node -> node), period);
        var days = new TreeSet<>(figures.turns(meta.effectiveFrom()));
        var lastDay = meta.effectiveTo();
        return new ConditionReader(figures, lastDay == null ? days : days.headSet(lastDay, true));
    }

    private PolicyRules rules(ConditionReader plain) {
        var classes = new ClassesReader(city, ID);
        var tiers = part(() -> classes.classes(root, "tiers", plain), Classes.NONE);
        var named = new NamedFacts(tiers, part(() -> classes.areas(root), Areas.NONE));
        var conditions = plain.with(named);
        List<EligibilityRule> eligibility =
                part(() -> unique("eligibility", node -> eligibilityRule(node, conditions)), List.of());
        var takesApplications = takesApplications();
        List<PolicyRules.DocumentEntry> documents = takesApplications
                ? part(() -> unique("documents", node -> documentEntry(node, conditions)), List.of())
                : List.of();
        List<Step> pipeline = takesApplications
                ? part(() -> new PipelineReader(city, ID).steps(root.get("pipeline")), List.of())
                : List.of();
        var deadlines =
                takesApplications ? part(this::deadlines, PolicyRules.Deadlines.NONE) : PolicyRules.Deadlines.NONE;
        var scoring = part(
                () -> root.find("scoring")
                        .map(new ScoringReader(conditions, ID)::scoring)
                        .orElse(Scoring.NONE),
                Scoring.NONE);
        var priority = part(() -> classes.classes(root, "priorityClasses", conditions), Classes.NONE);
        List<OrderKey> order = takesApplications ? part(() -> new OrderReader(root).keys(), List.of()) : List.of();
        var cases = new CaseRulesReader(root, faults, conditions, scoring).rules();
        var money = new MoneyReader(root, faults, conditions, ID).money(named);
        return new PolicyRules(
                eligibility,
                documents,
                pipeline,
                deadlines,
                scoring,
                order,
                priority,
                named,
                cases,
                money,
                List.copyOf(plain.figures().turns(LocalDate.MIN)));
    }

    /** Where one of the sections is there the others have to be, and their readers say so. */
    private boolean takesApplications() {
        return APPLICATION.stream().anyMatch(section -> root.find(section).isPresent());
    }

    /** Goes on after a broken section, so that the others are read too; the faults end the reading later. */
    private <T> T part(Supplier<T> read, T broken) {
        return faults.attempt(read).orElse(broken);
    }

    private <T> List<T> unique(String section, Function<YamlNode, T> read) {
        var seen = new HashSet<String>();
        return root.get(section).list(node -> {
            var id = id(node);
            if (!seen.add(id)) {
                node.report("'" + id + "' is given twice");
            }
            return read.apply(node);
        });
    }

    private static String id(YamlNode node) {
        return node.get("id").text(ID, "a name like income-line");
    }

    private static EligibilityRule eligibilityRule(YamlNode node, ConditionReader conditions) {
        node.onlyKeys("id", "name", "when", "require", "text");
        var when = conditions.when(node);
        var require = conditions.reachable(node.get("require"), conditions.condition(node.get("require")));
        var placeholders = new TreeSet<>(Set.of(EligibilityRule.LIMIT));
        when.eachFact(fact -> placeholders.add(fact.code()));
        require.eachFact(fact -> placeholders.add(fact.code()));
        return new EligibilityRule(
                id(node), Text.read(node.get("name")), when, require, Text.read(node.get("text"), placeholders));
    }

    private static PolicyRules.DocumentEntry documentEntry(YamlNode node, ConditionReader conditions) {
        node.onlyKeys("id", "name", "hint", "when");
        var document = new DocumentRule(id(node), Text.read(node.get("name")), Text.read(node.get("hint")));
        return new PolicyRules.DocumentEntry(document, conditions.when(node));
    }

    private PolicyRules.Deadlines deadlines() {
        var node = root.get("deadlines");
        node.onlyKeys("correctionWorkingDays", "reReviewAskWithinDays", "reReviewWorkingDays", "waitingLimitYears");
        return new PolicyRules.Deadlines(
                node.get("correctionWorkingDays").integer(1, MAX_DAYS),
                node.get("reReviewAskWithinDays").integer(1, MAX_DAYS),
                node.get("reReviewWorkingDays").integer(1, MAX_DAYS),
                node.get("waitingLimitYears").integer(1, MAX_YEARS));
    }
}
