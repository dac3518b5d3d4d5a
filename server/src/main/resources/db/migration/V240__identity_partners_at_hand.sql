-- What is agreed with a partner, and how it is ended or changed over without a pause.
ALTER TABLE identity.partner
    ADD COLUMN purpose               text    CHECK (length(purpose) BETWEEN 1 AND 200),
    ADD COLUMN requests_per_minute   integer CHECK (requests_per_minute > 0),
    ADD COLUMN previous_secret_hash  bytea,
    ADD COLUMN previous_secret_until timestamptz,
    ADD CONSTRAINT previous_secret_ends
        CHECK (num_nonnulls(previous_secret_hash, previous_secret_until) IN (0, 2));
COMMENT ON COLUMN identity.partner.purpose IS 'what the agreement with the agency says; kept with each token in the audit';
COMMENT ON COLUMN identity.partner.requests_per_minute IS 'none: as the setting says';

ALTER TABLE identity.partner_key ADD COLUMN ended_at timestamptz;
GRANT UPDATE (ended_at) ON identity.partner_key TO anju_app;
