package io.anju.policy.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with one file, so that its author sees everything at once. */
public final class Faults {
    private final String file;
    private final List<PolicyFault> found = new ArrayList<>();

    public Faults(String file) {
        this.file = file;
    }

    /** Ends the reading of the part it is thrown in; the other parts are still read. */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken() {
            super(null, null, false, false);
        }
    }

    public void report(Node node, String reason) {
        report(node.getStartMark().getLine() + 1, reason);
    }

    public void report(int line, String reason) {
        found.add(new PolicyFault(file, line, reason));
    }

    /** Reads a part; empty when it is broken, which has been reported then. */
    public <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (Broken reported) {
            return Optional.empty();
        }
    }

    public List<PolicyFault> found() {
        return List.copyOf(found);
    }

    /** Throws when anything was reported. */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new InvalidPolicyException(found);
        }
    }
}
