-- Who may speak: residents and the ways they log in, staff, partner agencies.
CREATE SCHEMA identity;
GRANT USAGE ON SCHEMA identity TO anju_app;

CREATE TABLE identity.resident (
    id                 uuid PRIMARY KEY DEFAULT uuidv7(),
    created_at         timestamptz NOT NULL,
    person_index       bytea,
    sealed_name        bytea,
    sealed_national_id bytea,
    bound_at           timestamptz,
    CONSTRAINT one_person_one_account UNIQUE (person_index),
    CONSTRAINT resident_bound_whole_or_not_at_all
        CHECK (num_nonnulls(person_index, sealed_name, sealed_national_id, bound_at) IN (0, 4))
);
COMMENT ON COLUMN identity.resident.person_index IS 'blind index of the national ID';
GRANT SELECT, INSERT, UPDATE ON identity.resident TO anju_app;

CREATE TABLE identity.log_in_method (
    id           uuid PRIMARY KEY,
    -- checked at commit: the method is written first, and only its winner writes the account
    resident_id  uuid        NOT NULL REFERENCES identity.resident DEFERRABLE INITIALLY DEFERRED,
    kind         text        NOT NULL CHECK (kind IN ('wechat', 'phone')),
    value_index  bytea       NOT NULL,
    sealed_value bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT one_account_per_log_in_method UNIQUE (kind, value_index)
);
CREATE INDEX log_in_method_of_resident ON identity.log_in_method (resident_id);
COMMENT ON COLUMN identity.log_in_method.value_index IS 'blind index of the openid or of the phone number in E.164';
GRANT SELECT, INSERT ON identity.log_in_method TO anju_app;

CREATE TABLE identity.staff (
    id            uuid PRIMARY KEY,
    username      text        NOT NULL CHECK (username = lower(username)),
    password_hash text        NOT NULL,
    display_name  text        NOT NULL,
    city_code     text        NOT NULL,
    office_level  text        NOT NULL
        CHECK (office_level IN ('community', 'street', 'civil-affairs', 'district', 'city')),
    office_area   text        NOT NULL,
    office_name   text        NOT NULL,
    roles         text[]      NOT NULL,
    enabled       boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL,
    CONSTRAINT one_account_per_username UNIQUE (username)
);
GRANT SELECT, INSERT, UPDATE ON identity.staff TO anju_app;

CREATE TABLE identity.partner (
    id          uuid PRIMARY KEY,
    client_id   text        NOT NULL,
    secret_hash bytea       NOT NULL,
    agency      text        NOT NULL,
    city_code   text        NOT NULL,
    scopes      text[]      NOT NULL,
    enabled     boolean     NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL,
    CONSTRAINT one_partner_per_client_id UNIQUE (client_id)
);
GRANT SELECT, INSERT, UPDATE ON identity.partner TO anju_app;
