CREATE TABLE platform.job (
    id          uuid        PRIMARY KEY DEFAULT uuidv7(),
    kind        text        NOT NULL CHECK (kind ~ '^[a-z0-9.-]{1,60}$'),
    key         text        NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    payload     jsonb       NOT NULL,
    -- work that comes again: the row goes back to queued instead of done
    period_ms   bigint      CHECK (period_ms > 0),
    state       text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'dead')),
    -- queued: when to run; running: when the lease ends and another runner may take it
    due_at      timestamptz NOT NULL,
    attempts    integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- grows with every lease; a completion that names an older number is refused
    fence       bigint      NOT NULL DEFAULT 0,
    runner      text,
    last_error  text        CHECK (length(last_error) <= 500),
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT job_once_per_key UNIQUE (kind, key)
);
CREATE INDEX job_due ON platform.job (due_at) WHERE state IN ('queued', 'running');
CREATE INDEX job_dead ON platform.job (kind) WHERE state = 'dead';
CREATE INDEX job_done ON platform.job (finished_at) WHERE state = 'done';
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.job TO anju_app;
