-- The second step of staff's log-in.
CREATE TABLE identity.staff_totp (
    staff_id      uuid PRIMARY KEY REFERENCES identity.staff,
    sealed_secret bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    -- no password of this step or of one before it is taken again (RFC 6238 §5.2)
    last_step     bigint      NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.staff_totp TO anju_app;

-- Who a member of staff is, as a keyed fingerprint: for recusal, and for nothing else.
ALTER TABLE identity.staff ADD COLUMN person_index bytea CHECK (length(person_index) = 32);
COMMENT ON COLUMN identity.staff.person_index IS 'blind index of the national ID';
