-- Sessions, their refresh tokens, and the keys that access tokens are signed with.
CREATE TABLE identity.session (
    id          uuid PRIMARY KEY,
    audience    text        NOT NULL CHECK (audience IN ('resident', 'staff', 'partner')),
    subject_id  uuid        NOT NULL,
    started_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    end_reason  text CHECK (end_reason IN ('log-out', 'refresh-token-reused', 'disabled')),
    -- the database's clock, the same for all instances, which look here every second for what has just ended
    end_seen_at timestamptz,
    CHECK (num_nonnulls(ended_at, end_reason, end_seen_at) IN (0, 3))
);
CREATE INDEX session_of_subject ON identity.session (audience, subject_id);
CREATE INDEX session_just_ended ON identity.session (end_seen_at) WHERE end_seen_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.session TO anju_app;

CREATE TABLE identity.refresh_token (
    id               uuid PRIMARY KEY,
    session_id       uuid        NOT NULL REFERENCES identity.session ON DELETE CASCADE,
    token_hash       bytea       NOT NULL,
    issued_at        timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    used_at          timestamptz,
    successor_id     uuid REFERENCES identity.refresh_token DEFERRABLE INITIALLY DEFERRED,
    -- kept only while this token may be retried, to give the same successor again
    sealed_successor bytea,
    CONSTRAINT one_refresh_token_per_hash UNIQUE (token_hash),
    CHECK (num_nonnulls(used_at, successor_id) IN (0, 2))
);
CREATE INDEX refresh_token_of_session ON identity.refresh_token (session_id);
CREATE INDEX refresh_token_before ON identity.refresh_token (successor_id) WHERE successor_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.refresh_token TO anju_app;

CREATE TABLE identity.signing_key (
    id             uuid PRIMARY KEY,
    public_jwk     text        NOT NULL,
    sealed_private bytea       NOT NULL,
    created_at     timestamptz NOT NULL,
    signs_from     timestamptz NOT NULL,
    -- when the last token signed with it has expired
    trusted_until  timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.signing_key TO anju_app;
