package io.anju.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Areas of the city, each made of districts, for rules that differ between them. */
record Areas(List<Area> inOrder) {
    static final Areas NONE = new Areas(List.of());

    /** What a household belongs to whose district is in no area, or unknown. */
    static final String ELSEWHERE = "elsewhere";

    /** @param districts codes of 6 digits */
    record Area(String id, Text name, Set<String> districts) {
        Area {
            districts = Set.copyOf(districts);
        }
    }

    Areas {
        inOrder = List.copyOf(inOrder);
    }

    /** The place of the district's area, from 1; 0 is elsewhere. */
    int placeOf(@Nullable String districtCode) {
        for (var i = 0; districtCode != null && i < inOrder.size(); i++) {
            if (inOrder.get(i).districts().contains(districtCode)) {
                return i + 1;
            }
        }
        return 0;
    }

    List<String> ids() {
        return inOrder.stream().map(Area::id).toList();
    }
}
