package io.anju.lease;

import io.anju.lease.Lease.Course;
import io.anju.lease.Lease.End;
import io.anju.lease.Lease.Ground;
import io.anju.lease.Lease.Renewal;
import io.anju.lease.Lease.Rent;
import io.anju.lease.Lease.Tenant;
import io.anju.lease.Lease.Termination;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** A lease as {@link LeaseStore} selects it. */
final class LeaseRowStore {
    private LeaseRowStore() {}

    static Lease lease(Row row) {
        return new Lease(
                row.getUUID("lease_id"),
                row.getString("lease_number"),
                row.getString("city_code"),
                row.getString("programme"),
                HomeStore.home(row),
                row.getString("provider"),
                LeaseState.of(row.getString("state")),
                row.getLong("version"),
                row.getLocalDate("from_date"),
                row.getLocalDate("to_date"),
                new Course(
                        row.getLocalDate("signed_on"),
                        row.getLocalDate("handed_over_on"),
                        row.getLocalDate("moved_in_on"),
                        row.getString("filing_number"),
                        row.getLocalDate("filed_on")),
                end(row),
                row.getLong("deposit_fen"),
                row.getString("policy_digest"),
                row.getUUID("registration_id"),
                row.getUUID("follows"),
                new Tenant(row.getString("masked_name"), row.getLocalDate("tenant_from")),
                new Rent(row.getLong("monthly_rent_fen"), row.getLong("monthly_subsidy_fen")),
                renewal(row),
                termination(row));
    }

    private static @Nullable End end(Row row) {
        var lastDay = row.getLocalDate("last_day");
        return lastDay == null
                ? null
                : new End(lastDay, Ground.of(row.getString("end_ground")), row.getLocalDate("returned_on"));
    }

    private static @Nullable Renewal renewal(Row row) {
        var requestedOn = row.getLocalDate("requested_on");
        var approved = row.getBoolean("approved");
        return requestedOn == null
                ? null
                : new Renewal(
                        requestedOn,
                        approved == null
                                ? null
                                : new Renewal.Decision(
                                        approved, row.getLocalDate("decided_on"), row.getString("reason")),
                        row.getUUID("next_lease_id"));
    }

    private static @Nullable Termination termination(Row row) {
        var askedOn = row.getLocalDate("leaving_asked_on");
        var decidedOn = row.getLocalDate("leaving_decided_on");
        return askedOn == null
                ? null
                : new Termination(
                        askedOn,
                        row.getLocalDate("wished_last_day"),
                        Termination.State.of(row.getString("leaving_state")),
                        decidedOn == null
                                ? null
                                : new Termination.Decision(
                                        decidedOn,
                                        row.getLocalDate("leaving_last_day"),
                                        row.getString("leaving_reason")));
    }
}
