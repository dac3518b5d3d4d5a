-- What rules would change, tried on the real households of a city. Nothing outside these tables is written; everything
-- here expires.
CREATE TABLE policy.simulation (
    simulation_id    uuid        PRIMARY KEY,
    city_code        text        NOT NULL,
    programme        text        NOT NULL,
    digest           text        NOT NULL,
    proposal_id      uuid        REFERENCES policy.proposal,
    baseline_digest  text        NOT NULL REFERENCES policy.document,
    as_of            date        NOT NULL,
    requested_by     uuid        NOT NULL,
    requested_at     timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    -- the register's facts up to this number: a snapshot that no transaction has to be kept open for
    register_version bigint      NOT NULL,
    households       integer     NOT NULL CHECK (households >= 0),
    evaluated        integer     NOT NULL DEFAULT 0,
    last_sequence    bigint      NOT NULL DEFAULT 0,
    slice            integer     NOT NULL DEFAULT 0,
    state            text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    finished_at      timestamptz,
    report           jsonb,
    CONSTRAINT simulation_report_when_done CHECK ((state = 'done') = (report IS NOT NULL)),
    CONSTRAINT simulation_finished_when_ended CHECK ((state = 'running') = (finished_at IS NULL))
);
-- one at a time in a city: each reads all of its households
CREATE UNIQUE INDEX simulation_runs_alone ON policy.simulation (city_code) WHERE state = 'running';
CREATE INDEX simulation_expiry ON policy.simulation (expires_at);
GRANT SELECT, INSERT, DELETE ON policy.simulation TO anju_app;
GRANT UPDATE (evaluated, last_sequence, slice, state, finished_at, report) ON policy.simulation TO anju_app;

-- One household under both rules. The keys are the places in both orders as bytes: comparing them compares the places.
-- They are missing where the facts cannot be evaluated on the day.
CREATE TABLE policy.simulation_case (
    simulation_id   uuid    NOT NULL REFERENCES policy.simulation,
    sequence        bigint  NOT NULL,
    receipt_number  text    NOT NULL,
    masked_name     text    NOT NULL,
    eligible_before boolean,
    eligible_after  boolean,
    score_before    numeric,
    score_after     numeric,
    key_before      bytea,
    key_after       bytea,
    lost_by         text,
    PRIMARY KEY (simulation_id, sequence)
);
GRANT SELECT, INSERT, DELETE ON policy.simulation_case TO anju_app;

-- Both ranks, written once when every household has been evaluated.
CREATE TABLE policy.simulation_rank (
    simulation_id uuid    NOT NULL REFERENCES policy.simulation,
    sequence      bigint  NOT NULL,
    rank_before   integer NOT NULL,
    rank_after    integer NOT NULL,
    moved         integer NOT NULL,
    effect        text    NOT NULL CHECK (effect IN
                      ('eligibility-lost', 'eligibility-gained', 'moved-up', 'moved-down', 'unmoved')),
    PRIMARY KEY (simulation_id, sequence)
);
-- what is leafed through: the biggest moves first, of all households or of one kind
CREATE INDEX simulation_rank_moved ON policy.simulation_rank (simulation_id, moved DESC, sequence);
CREATE INDEX simulation_rank_effect ON policy.simulation_rank (simulation_id, effect, moved DESC, sequence);
GRANT SELECT, INSERT, DELETE ON policy.simulation_rank TO anju_app;
