package io.anju.policy;

import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlNode;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections about money; each may be left out. */
final class MoneyReader {
    /** The sections that it reads. */
    static final Set<String> SECTIONS = Set.of("rent", "subsidy", "deposit", "billing", "lateFee", "arrears");

    private final YamlNode root;
    private final Faults faults;
    private final MoneyNodes nodes;

    MoneyReader(YamlNode root, Faults faults, ConditionReader conditions, Pattern ids) {
        this.root = root;
        this.faults = faults;
        this.nodes = new MoneyNodes(conditions, ids);
    }

    /** @param named the classes that conditions may ask for */
    MoneyRules money(NamedFacts named) {
        return new MoneyRules(
                named,
                new MoneyRules.Sections(
                        section("rent", new RentReader(nodes)::rent),
                        section("subsidy", new SubsidyReader(nodes)::subsidy),
                        section("deposit", node -> Deposit.read(node, nodes)),
                        section("billing", node -> Billing.read(node, nodes)),
                        section("lateFee", node -> LateFee.read(node, nodes)),
                        section("arrears", new ArrearsReader(nodes)::ladder)));
    }

    /** Null for a section that is missing, or broken, which has been reported then. */
    private <T> @Nullable T section(String name, Function<YamlNode, T> read) {
        return root.find(name)
                .flatMap(node -> faults.attempt(() -> read.apply(node)))
                .orElse(null);
    }
}
