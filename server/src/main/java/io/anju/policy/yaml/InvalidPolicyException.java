package io.anju.policy.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Policy files that cannot come into force; says all that is wrong with them, with file and line. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<PolicyFault> faults;

    public InvalidPolicyException(List<PolicyFault> faults) {
        super(faults.stream().map(PolicyFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<PolicyFault> faults() {
        return faults;
    }
}
