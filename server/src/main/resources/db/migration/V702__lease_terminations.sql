-- What households ask: to leave before the term is over. The request of a renewal stands in lease.renewal.
CREATE TABLE lease.termination (
    termination_id  uuid NOT NULL,
    lease_id        uuid NOT NULL REFERENCES lease.lease,
    requested_on    date NOT NULL,
    requested_by    uuid NOT NULL,
    wished_last_day date NOT NULL,
    -- lapsed: the lease ended otherwise while nobody had decided
    state           text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'withdrawn', 'approved', 'refused', 'lapsed')),
    decided_on      date,
    decided_by      uuid,
    last_day        date,
    reason          text,
    CONSTRAINT termination_pkey PRIMARY KEY (termination_id),
    CONSTRAINT termination_decision_is_whole CHECK (
        num_nonnulls(decided_on, decided_by, reason) = CASE WHEN state IN ('approved', 'refused') THEN 3 ELSE 0 END),
    CONSTRAINT termination_has_a_day_once_approved CHECK ((last_day IS NULL) = (state <> 'approved'))
);
CREATE UNIQUE INDEX termination_asked_once ON lease.termination (lease_id) WHERE state = 'asked';
CREATE INDEX termination_of_lease ON lease.termination (lease_id, termination_id DESC);
GRANT SELECT, INSERT ON lease.termination TO anju_app;
GRANT UPDATE (state, decided_on, decided_by, last_day, reason) ON lease.termination TO anju_app;

-- Requests that wait are few; these find them without walking over all leases.
CREATE INDEX renewal_waiting ON lease.renewal (lease_id) WHERE approved IS NULL;
-- Leases whose last day is over: of the term, or the one that was announced.
CREATE INDEX lease_last_day ON lease.lease (coalesce(last_day, to_date)) WHERE state = 'active';
