-- What residents may ask about themselves: copies of their data, corrections, the end of the account.
CREATE SCHEMA rights;
GRANT USAGE ON SCHEMA rights TO anju_app;

CREATE TABLE rights.export (
    id           uuid        NOT NULL,
    resident_id  uuid        NOT NULL,
    requested_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ready_at     timestamptz,
    content      bytea,
    size_bytes   bigint,
    CONSTRAINT export_pkey PRIMARY KEY (id),
    CONSTRAINT export_ready_as_a_whole CHECK (num_nonnulls(ready_at, content, size_bytes) IN (0, 3)),
    CONSTRAINT export_ends CHECK (expires_at > requested_at)
);
CREATE INDEX export_of_resident ON rights.export (resident_id, id DESC);
CREATE INDEX export_by_expiry ON rights.export (expires_at);
COMMENT ON COLUMN rights.export.content IS 'sealed: everything that is held about the resident';
GRANT SELECT, INSERT, DELETE ON rights.export TO anju_app;
GRANT UPDATE (ready_at, content, size_bytes) ON rights.export TO anju_app;

-- By whom: residents and auditors ask what somebody did.
CREATE INDEX audit_actor ON platform.audit (actor_id, id) WHERE actor_id IS NOT NULL;
