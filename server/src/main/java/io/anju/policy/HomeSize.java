package io.anju.policy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;

/** Which size of home a household is offered (户型配租标准). */
public final class HomeSize {
    private final ScoreRule.Table table;
    private final List<Size> sizes;

    /** @param table whose points are places in the sizes */
    HomeSize(ScoreRule.Table table, List<Size> sizes) {
        this.table = table;
        this.sizes = List.copyOf(sizes);
    }

    /**
     * @param rooms bedrooms
     * @param mostAreaSqm floor area that the home has at most, ㎡
     */
    public record Size(int rooms, BigDecimal mostAreaSqm) {}

    public record Answer(Size size, Trace trace) {}

    /** Every size that some household is offered, in the document's order. */
    public List<Size> sizes() {
        return sizes;
    }

    Size sizeOf(HouseholdView household) {
        return sizes.get(Math.toIntExact(table.points(household).floor()));
    }

    Answer of(HouseholdView household) {
        var size = sizeOf(household);
        var facts = new LinkedHashMap<String, String>();
        table.eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        var area = size.mostAreaSqm().stripTrailingZeros().toPlainString();
        var text = new Text(
                size.rooms() + " 居室，建筑面积不超过 " + area + " 平方米",
                size.rooms() + (size.rooms() == 1 ? " room" : " rooms") + ", at most " + area + " ㎡");
        return new Answer(
                size, new Trace("homeSize", facts, table.decided(household).en(), text));
    }
}
