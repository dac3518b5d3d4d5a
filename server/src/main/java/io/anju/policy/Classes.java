package io.anju.policy;

import java.util.List;
import java.util.Optional;

/** Named classes of households; the first whose condition holds is the household's. */
record Classes(List<Named> inOrder) {
    static final Classes NONE = new Classes(List.of());

    record Named(String id, Text name, Condition when) {}

    Classes {
        inOrder = List.copyOf(inOrder);
    }

    /** The place of the household's class, from 1; 0 where it belongs to none. */
    int placeOf(FactSource household) {
        for (var i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).when().holds(household)) {
                return i + 1;
            }
        }
        return 0;
    }

    Optional<Named> of(FactSource household) {
        var place = placeOf(household);
        return place == 0 ? Optional.empty() : Optional.of(inOrder.get(place - 1));
    }

    List<String> ids() {
        return inOrder.stream().map(Named::id).toList();
    }
}
