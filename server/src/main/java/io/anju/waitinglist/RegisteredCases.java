package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.policy.Standing.Entry;
import io.anju.simulation.SimulationCases;
import io.anju.waitinglist.HouseholdStore.Sealed;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import java.util.List;

/**
 * The households on a list for whoever tries rules on them. Facts are numbered in the order of their commits, so all up
 * to a number are a snapshot that needs no open transaction.
 */
public final class RegisteredCases implements SimulationCases {
    private final HouseholdStore store;

    public RegisteredCases(Vault vault) {
        this.store = new HouseholdStore(vault);
    }

    @Override
    public Future<Extent> extent(Sql sql, String cityCode, String programme) {
        return store.extent(sql, new ListKey(cityCode, programme));
    }

    @Override
    public Future<List<Case>> page(Sql sql, String cityCode, String programme, long version, long after, int limit) {
        return store.waiting(sql, new ListKey(cityCode, programme), version, after, limit)
                .map(page -> page.stream().map(this::unopened).toList());
    }

    private Case unopened(Sealed household) {
        return new Case(
                household.sequence(),
                household.maskedName(),
                household.policyDigest(),
                new Entry(household.appliedAt(), household.registeredAt(), household.receiptNumber()),
                () -> store.open(household));
    }
}
