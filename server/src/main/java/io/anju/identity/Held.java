package io.anju.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One kind of thing that is kept about a resident.
 *
 * @param kind a stable name, such as {@code applications}; its title for people is in {@code rights/titles.yaml}
 * @param rows without what belongs to other people
 */
public record Held(String kind, List<ObjectNode> rows) {
    public Held {
        rows = List.copyOf(rows);
    }
}
