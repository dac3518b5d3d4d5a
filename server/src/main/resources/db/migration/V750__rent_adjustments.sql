-- Rents worked out again for many leases from a day on: because an estate costs something else, or other rules hold.
CREATE TABLE rent.adjustment (
    adjustment_id   uuid        NOT NULL,
    city_code       text        NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme       text        NOT NULL,
    -- none: all estates
    estate_name     text,
    from_date       date        NOT NULL,
    reason          text        NOT NULL CHECK (length(reason) BETWEEN 2 AND 500),
    dry_run         boolean     NOT NULL,
    state           text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    leases          integer     NOT NULL,
    leases_done     integer     NOT NULL DEFAULT 0,
    changed         integer     NOT NULL DEFAULT 0,
    -- the month's rents of the leases that change
    rent_before_fen bigint      NOT NULL DEFAULT 0,
    rent_after_fen  bigint      NOT NULL DEFAULT 0,
    exceptions      integer     NOT NULL DEFAULT 0,
    after_lease     uuid,
    requested_by    uuid        NOT NULL,
    requested_at    timestamptz NOT NULL,
    finished_at     timestamptz,
    CONSTRAINT adjustment_pkey PRIMARY KEY (adjustment_id)
);
CREATE UNIQUE INDEX rent_adjustment_runs_alone ON rent.adjustment (city_code, programme) WHERE state = 'running';
GRANT SELECT, INSERT ON rent.adjustment TO anju_app;
GRANT UPDATE (state, leases_done, changed, rent_before_fen, rent_after_fen, exceptions, after_lease, finished_at)
    ON rent.adjustment TO anju_app;

CREATE TABLE rent.adjustment_exception (
    adjustment_id uuid NOT NULL REFERENCES rent.adjustment,
    lease_id      uuid NOT NULL,
    lease_number  text NOT NULL,
    code          text NOT NULL,
    CONSTRAINT adjustment_exception_pkey PRIMARY KEY (adjustment_id, lease_id)
);
GRANT SELECT, INSERT ON rent.adjustment_exception TO anju_app;
