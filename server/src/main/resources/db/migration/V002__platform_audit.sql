-- Who did what to whom. Rows can be added and read, never changed: anju_app has no other right, and the hash chain
-- over audit_batch shows what somebody with more rights altered.
CREATE TABLE platform.audit (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_kind   text        NOT NULL CHECK (actor_kind IN ('anonymous', 'resident', 'staff', 'partner', 'system')),
    actor_id     uuid,
    office       text        CHECK (length(office) <= 200),
    action       text        NOT NULL CHECK (action ~ '^[a-z0-9.-]{1,60}$'),
    subject_type text        NOT NULL CHECK (subject_type ~ '^[a-z-]{1,40}$'),
    subject_id   uuid        NOT NULL,
    reason       text        CHECK (length(reason) <= 1000)
);
CREATE INDEX audit_subject ON platform.audit (subject_id, id);
GRANT SELECT, INSERT ON platform.audit TO anju_app;

-- One sealed batch: a tree over the rows' hashes (RFC 6962), chained to the batch before.
CREATE TABLE platform.audit_batch (
    number      bigint      PRIMARY KEY CHECK (number > 0),
    row_count   integer     NOT NULL CHECK (row_count > 0),
    last_id     bigint      NOT NULL,
    root        bytea       NOT NULL CHECK (length(root) = 32),
    previous    bytea       NOT NULL CHECK (length(previous) = 32),
    hash        bytea       NOT NULL CHECK (length(hash) = 32),
    sealed_at   timestamptz NOT NULL
);
GRANT SELECT, INSERT ON platform.audit_batch TO anju_app;

-- Which row went into which batch. Rows are found by their absence here, so one that commits late is sealed late, not
-- forgotten. The hash names the very row that was altered.
CREATE TABLE platform.audit_leaf (
    audit_id bigint PRIMARY KEY,
    batch    bigint NOT NULL REFERENCES platform.audit_batch,
    hash     bytea  NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_leaf_batch ON platform.audit_leaf (batch, audit_id);
GRANT SELECT, INSERT ON platform.audit_leaf TO anju_app;
