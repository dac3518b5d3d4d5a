-- An account that its owner ended: a row without a person, so that what refers to it still does.
ALTER TABLE identity.resident
    ADD COLUMN deleted_at timestamptz,
    ADD CONSTRAINT resident_deleted_is_nobody CHECK (deleted_at IS NULL OR person_index IS NULL);
GRANT DELETE ON identity.log_in_method TO anju_app;

-- What other domains may know of accounts that no longer stand, to mend what was begun beside their end.
CREATE VIEW identity.gone_account AS
    SELECT id AS resident_id, merged_into, deleted_at
      FROM identity.resident
     WHERE merged_into IS NOT NULL OR deleted_at IS NOT NULL;
GRANT SELECT ON identity.gone_account TO anju_app;

-- Answers go when what they told of is gone, or its period is over.
GRANT DELETE ON platform.idempotency TO anju_app;
CREATE INDEX idempotency_by_age ON platform.idempotency (created_at);

-- What was erased when its period was over.
CREATE TABLE platform.retention_run (
    id         uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind ~ '^[a-z-]{1,60}$'),
    before     timestamptz NOT NULL,
    dry_run    boolean     NOT NULL,
    found      bigint      NOT NULL CHECK (found >= 0),
    erased     bigint      NOT NULL DEFAULT 0 CHECK (erased >= 0),
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    CONSTRAINT retention_run_pkey PRIMARY KEY (id),
    CONSTRAINT retention_dry_run_erases_nothing CHECK (NOT dry_run OR erased = 0)
);
CREATE INDEX retention_run_of_kind ON platform.retention_run (kind, id DESC);
GRANT SELECT, INSERT, UPDATE (erased, ended_at) ON platform.retention_run TO anju_app;
