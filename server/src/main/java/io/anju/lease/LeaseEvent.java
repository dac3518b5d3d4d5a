package io.anju.lease;

import java.util.Locale;

/** What can happen to a lease, as others are told of it; described in {@code docs/events.md}. */
enum LeaseEvent {
    SIGNED,
    HANDED_OVER,
    MOVED_IN,
    FILED,
    TENANT_CHANGED,
    TERMS_CHANGED,
    RENEWAL_ASKED,
    RENEWAL_DECIDED,
    TERMINATION_ASKED,
    TERMINATION_WITHDRAWN,
    TERMINATION_DECIDED,
    /** The last day of the contract is set, and still to come. */
    END_ANNOUNCED,
    ENDED,
    HOME_RETURNED,
    WITHDRAWN;

    String topic() {
        return "lease." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
