package io.anju.simulation;

import io.anju.platform.db.Sql;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Standing;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** The households on a city's waiting list, for a trial of rules: given by whoever keeps the register. */
public interface SimulationCases {
    /**
     * How far the register is.
     *
     * @param version number of its last fact; {@link #page} with it gives the same households however long it takes
     */
    record Extent(long version, int households) {}

    /**
     * One household.
     *
     * @param sequence its number on the list, from 1
     * @param policyDigest the rules that it was registered with
     * @param facts opens the facts; CPU work for worker code
     */
    record Case(
            long sequence,
            String maskedName,
            String policyDigest,
            Standing.Entry entry,
            Supplier<HouseholdFacts> facts) {}

    Future<Extent> extent(Sql sql, String cityCode, String programme);

    /** Households on the list by the facts up to a version, in the order of their numbers, after one of them. */
    Future<List<Case>> page(Sql sql, String cityCode, String programme, long version, long after, int limit);
}
