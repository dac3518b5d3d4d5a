package io.anju.policy;

import io.anju.policy.number.Rational;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The classes of a document that rules can ask for by name. */
record NamedFacts(Classes tiers, Areas areas) {
    static final NamedFacts NONE = new NamedFacts(Classes.NONE, Areas.NONE);

    private static final String NO_TIER = "none";

    /** The names that the fact can have; the first is that of belonging to none. */
    List<String> names(Fact fact) {
        var named = fact == Fact.AREA ? areas.ids() : tiers.ids();
        var names = new ArrayList<String>(named.size() + 1);
        names.add(fact == Fact.AREA ? Areas.ELSEWHERE : NO_TIER);
        names.addAll(named);
        return List.copyOf(names);
    }

    /** A value as it is shown to people. */
    String display(Fact fact, Rational value) {
        return switch (fact.kind()) {
            case FLAG -> String.valueOf(value.signum() > 0);
            case NAMED ->
                names(fact).get(value.rounded(0, RoundingMode.UNNECESSARY).intValueExact());
            case COUNT, NUMBER -> value.display();
        };
    }
}
