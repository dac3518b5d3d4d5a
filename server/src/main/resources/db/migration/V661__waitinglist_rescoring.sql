-- Scoring a whole list again under the rules in force: evaluated chunk by chunk, entered as one fact.
CREATE TABLE waitinglist.rescoring (
    rescoring_id     uuid        NOT NULL,
    city_code        text        NOT NULL,
    programme        text        NOT NULL,
    policy_digest    text        NOT NULL,
    dry_run          boolean     NOT NULL,
    as_of            date        NOT NULL,
    reason           text        NOT NULL CHECK (length(reason) <= 500),
    requested_by     uuid        NOT NULL,
    requested_at     timestamptz NOT NULL,
    -- the facts up to this number: who enters later has rules of their own
    register_version bigint      NOT NULL,
    households       integer     NOT NULL CHECK (households >= 0),
    evaluated        integer     NOT NULL DEFAULT 0,
    last_sequence    bigint      NOT NULL DEFAULT 0,
    state            text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    finished_at      timestamptz,
    report           jsonb,
    CONSTRAINT rescoring_pkey PRIMARY KEY (rescoring_id),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list,
    CONSTRAINT rescoring_finished_when_ended CHECK ((state = 'running') = (finished_at IS NULL)),
    CONSTRAINT rescoring_report_when_done CHECK (state <> 'done' OR report IS NOT NULL)
);
CREATE UNIQUE INDEX rescoring_runs_alone ON waitinglist.rescoring (city_code, programme) WHERE state = 'running';
GRANT SELECT, INSERT ON waitinglist.rescoring TO anju_app;
GRANT UPDATE (evaluated, last_sequence, state, finished_at, report) ON waitinglist.rescoring TO anju_app;

-- One household under both rules, until the report is written; its keys are missing where it cannot be scored. Rows are
-- only reached through their rescoring, so no key is checked for each of a million.
CREATE TABLE waitinglist.rescoring_case (
    rescoring_id   uuid    NOT NULL,
    sequence       bigint  NOT NULL,
    receipt_number text    NOT NULL,
    masked_name    text    NOT NULL,
    score_before   numeric,
    score_after    numeric,
    key_before     bytea,
    key_after      bytea,
    CONSTRAINT rescoring_case_pkey PRIMARY KEY (rescoring_id, sequence)
);
GRANT SELECT, INSERT, DELETE ON waitinglist.rescoring_case TO anju_app;
