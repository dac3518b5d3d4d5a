package io.anju.policy;

import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A floor area by the size of the household (保障面积标准), or by several facts.
 *
 * @param table whose points are places in the areas
 */
record AreaTable(ScoreRule.Table table, List<Area> areas) {

    /** @param isPerPerson whether the area is each person's, or the whole household's */
    record Area(Rational sqm, boolean isPerPerson) {}

    AreaTable {
        areas = List.copyOf(areas);
    }

    Rational sqm(HouseholdView household) {
        var area = areas.get(Math.toIntExact(table.points(household).floor()));
        return area.isPerPerson() ? area.sqm().times(household.number(Fact.PERSON_COUNT)) : area.sqm();
    }

    /** What the row that holds asks of the household. */
    String bound(HouseholdView household) {
        return table.decided(household).en();
    }

    Map<String, String> facts(HouseholdView household) {
        var facts = new LinkedHashMap<>(Map.of(Fact.PERSON_COUNT.code(), household.display(Fact.PERSON_COUNT)));
        table.eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        return facts;
    }

    /** Names of the facts above, for the placeholders of a text. */
    Set<String> factNames() {
        var names = new TreeSet<>(Set.of(Fact.PERSON_COUNT.code()));
        table.eachFact(fact -> names.add(fact.code()));
        return names;
    }

    /** Rows by {@code personCount}, or {@code keys} and {@code rows}; every household has exactly one row. */
    static AreaTable read(YamlNode node, MoneyNodes nodes) {
        if (!node.isMapping()) {
            return read(node, List.of(Fact.PERSON_COUNT), nodes);
        }
        node.onlyKeys("keys", "rows");
        return read(node.get("rows"), node.get("keys").list(Fact::read), nodes);
    }

    private static AreaTable read(YamlNode node, List<Fact> keys, MoneyNodes nodes) {
        var areas = new ArrayList<Area>();
        var rows = node.list(row -> {
            var ranges = nodes.tables().ranges(row, keys, "sqm", "sqmPerPerson");
            var place = Rational.of(areas.size());
            areas.add(area(row));
            return new ScoreRule.Table.Row(ranges, place);
        });
        return new AreaTable(nodes.tables().covered(node, new ScoreRule.Table(keys, rows)), areas);
    }

    private static Area area(YamlNode row) {
        var isPerPerson = row.find("sqmPerPerson").isPresent();
        if (row.find("sqm").isPresent() == isPerPerson) {
            throw row.broken("either sqm or sqmPerPerson is expected here");
        }
        var area = row.get(isPerPerson ? "sqmPerPerson" : "sqm");
        var sqm = area.number();
        if (sqm.signum() <= 0) {
            throw area.broken("an area greater than 0 is expected here");
        }
        return new Area(sqm, isPerPerson);
    }
}
