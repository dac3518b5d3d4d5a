package io.anju.policy;

import java.util.List;

/** A floor area by the size of the household (保障面积标准). */
record AreaByPersons(List<Row> rows) {

    /** @param isPerPerson whether the area is each person's, or the whole household's */
    record Row(Range persons, Rational sqm, boolean isPerPerson) {}

    AreaByPersons {
        rows = List.copyOf(rows);
    }

    Rational sqm(HouseholdView household) {
        var persons = household.number(Fact.PERSON_COUNT);
        var row = row(household);
        return row.isPerPerson() ? row.sqm().times(persons) : row.sqm();
    }

    String bound(HouseholdView household) {
        return row(household).persons().describe(household.asOf());
    }

    private Row row(HouseholdView household) {
        var persons = household.number(Fact.PERSON_COUNT);
        return rows.stream()
                .filter(row -> row.persons().contains(persons, household.asOf()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the loader lets no area table with gaps pass"));
    }

    /** Every household size has exactly one row. */
    static AreaByPersons read(YamlNode node, MoneyNodes nodes) {
        var rows = node.list(row -> row(row, nodes));
        nodes.requireCovered(
                node, Fact.PERSON_COUNT, rows.stream().map(Row::persons).toList());
        return new AreaByPersons(rows);
    }

    private static Row row(YamlNode node, MoneyNodes nodes) {
        node.onlyKeys("personCount", "sqm", "sqmPerPerson");
        if (node.find("sqm").isPresent() == node.find("sqmPerPerson").isPresent()) {
            throw node.broken("either sqm or sqmPerPerson is expected here");
        }
        var isPerPerson = node.find("sqmPerPerson").isPresent();
        var area = node.get(isPerPerson ? "sqmPerPerson" : "sqm");
        var sqm = area.number();
        if (sqm.signum() <= 0) {
            throw area.broken("an area greater than 0 is expected here");
        }
        return new Row(nodes.conditions().rangeOrNumber(node.get("personCount"), Fact.PERSON_COUNT), sqm, isPerPerson);
    }
}
