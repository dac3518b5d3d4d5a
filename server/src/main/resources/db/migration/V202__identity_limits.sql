-- One-time codes, and the counters that keep guessing slow.
CREATE TABLE identity.one_time_code (
    id           uuid PRIMARY KEY,
    phone_index  bytea       NOT NULL,
    sealed_phone bytea       NOT NULL,
    code_mac     bytea       NOT NULL,
    -- kept only until the message is handed to the gateway
    sealed_code  bytea,
    language     text        NOT NULL,
    tries        integer     NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at <= created_at + interval '10 minutes'),
    spent_at     timestamptz
);
CREATE INDEX one_time_code_by_expiry ON identity.one_time_code (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.one_time_code TO anju_app;

CREATE TABLE identity.budget (
    kind         text        NOT NULL,
    subject      bytea       NOT NULL,
    window_start timestamptz NOT NULL,
    window_end   timestamptz NOT NULL,
    used         integer     NOT NULL,
    PRIMARY KEY (kind, subject, window_start)
);
CREATE INDEX budget_by_end ON identity.budget (window_end);
COMMENT ON COLUMN identity.budget.subject IS 'keyed fingerprint of a phone number, network address or account';
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.budget TO anju_app;

CREATE TABLE identity.failed_log_in (
    account       bytea       NOT NULL,
    address       bytea       NOT NULL,
    failures      integer     NOT NULL,
    last_at       timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL,
    PRIMARY KEY (account, address)
);
CREATE INDEX failed_log_in_by_age ON identity.failed_log_in (last_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.failed_log_in TO anju_app;

-- where a number has logged in before: its owner keeps a share of codes that strangers cannot use up
CREATE TABLE identity.known_address (
    phone_index bytea       NOT NULL,
    address     bytea       NOT NULL,
    seen_at     timestamptz NOT NULL,
    PRIMARY KEY (phone_index, address)
);
CREATE INDEX known_address_by_age ON identity.known_address (seen_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.known_address TO anju_app;
