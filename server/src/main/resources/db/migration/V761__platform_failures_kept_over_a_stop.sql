-- Failures of ours in operations that leave no trace, from servers that were stopped before the day was over: one sealed
-- row of few sizes, so that it shows neither how many there were nor when each one was.
CREATE TABLE platform.kept_failures (
    id       uuid  NOT NULL,
    failures bytea NOT NULL,
    CONSTRAINT kept_failures_pkey PRIMARY KEY (id)
);
GRANT SELECT, INSERT, UPDATE ON platform.kept_failures TO anju_app;
