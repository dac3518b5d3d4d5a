package io.anju.platform.http;

import io.anju.platform.problem.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything found wrong with the form of one request, up to a bound that no honest client reaches. */
final class Violations {
    /** As many as the contract lets a problem list. */
    static final int MOST = 200;

    private final List<Finding> findings = new ArrayList<>(0);

    void add(String pointer, FormProblem problem, Map<String, String> args) {
        if (findings.size() < MOST) {
            findings.add(new Finding(pointer, problem, args));
        }
    }

    boolean isEmpty() {
        return findings.isEmpty();
    }

    List<Finding> findings() {
        return findings;
    }
}
