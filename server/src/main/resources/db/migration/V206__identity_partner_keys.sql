-- Partners prove who they are by a key of their own (private_key_jwt, RFC 7523), or by a secret.
ALTER TABLE identity.partner
    ALTER COLUMN secret_hash DROP NOT NULL,
    ADD COLUMN allowed_networks text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN identity.partner.secret_hash IS 'none: a key is the only way';
COMMENT ON COLUMN identity.partner.allowed_networks IS 'in CIDR notation; empty: any address';

-- Several at once, so that a key is replaced without a pause.
CREATE TABLE identity.partner_key (
    id         uuid PRIMARY KEY,
    partner_id uuid        NOT NULL REFERENCES identity.partner,
    kid        text        NOT NULL CHECK (length(kid) BETWEEN 1 AND 100),
    public_jwk text        NOT NULL CHECK (length(public_jwk) <= 4000),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    CONSTRAINT one_key_per_partner_and_kid UNIQUE (partner_id, kid)
);
GRANT SELECT, INSERT ON identity.partner_key TO anju_app;

-- Assertions that were taken, until they are over: each is good once.
CREATE TABLE identity.partner_assertion (
    partner_id uuid        NOT NULL REFERENCES identity.partner,
    jti_hash   bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (partner_id, jti_hash)
);
CREATE INDEX partner_assertion_by_expiry ON identity.partner_assertion (expires_at);
GRANT SELECT, INSERT, DELETE ON identity.partner_assertion TO anju_app;
