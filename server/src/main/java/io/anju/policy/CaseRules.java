package io.anju.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document says about a case after it was registered; every section may be missing.
 *
 * @param exit grounds on which a home is given back
 * @param complaints the clock of each kind
 */
public record CaseRules(
        @Nullable Waivers waivers,
        @Nullable Batches batches,
        @Nullable HomeSize homeSize,
        @Nullable AnnualReview annualReview,
        List<ExitGround> exit,
        List<ComplaintClock> complaints) {

    static final CaseRules NONE = new CaseRules(null, null, null, null, List.of(), List.of());

    public CaseRules {
        exit = List.copyOf(exit);
        complaints = List.copyOf(complaints);
    }

    public Optional<ExitGround> exitGround(String id) {
        return exit.stream().filter(ground -> ground.id().equals(id)).findFirst();
    }

    public Optional<ComplaintClock> clock(ComplaintClock.Kind kind) {
        return complaints.stream().filter(clock -> clock.kind() == kind).findFirst();
    }
}
