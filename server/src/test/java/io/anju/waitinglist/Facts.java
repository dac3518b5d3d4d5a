package io.anju.waitinglist;

import java.util.HashMap;
import java.util.Map;

/** What staff write down about a household. */
final class Facts {
    private Facts() {}

    /** The four parts of a reason, and {@code more}: name, value, name, value … */
    static Map<String, Object> reason(String... more) {
        var body = new HashMap<String, Object>(
                Map.of("finding", "经核实情况属实", "basis", "《办法》第十七条", "evidenceNumber", "T-1", "remedy", "可申请行政复议"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return body;
    }
}
