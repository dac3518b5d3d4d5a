-- Who may act for whom, and every time that they did.
CREATE SCHEMA proxy;
GRANT USAGE ON SCHEMA proxy TO anju_app;

CREATE TABLE proxy.mandate (
    id                      uuid        NOT NULL,
    represented_id          uuid        NOT NULL,
    proxy_id                uuid,
    kind                    text        NOT NULL CHECK (kind IN ('relative', 'guardian', 'community-worker')),
    groups                  text[]      NOT NULL CHECK (cardinality(groups) BETWEEN 1 AND 4
                                AND groups <@ ARRAY['read', 'apply', 'pay', 'complain']),
    state                   text        NOT NULL CHECK (state IN ('offered', 'proposed', 'active', 'ended')),
    masked_represented_name text        NOT NULL CHECK (length(masked_represented_name) <= 60),
    masked_proxy_name       text        CHECK (length(masked_proxy_name) <= 60),
    appointed_at            timestamptz NOT NULL,
    expires_on              date        NOT NULL,
    code_mac                bytea       CHECK (length(code_mac) = 32),
    code_expires_at         timestamptz,
    city_code               text        CHECK (city_code ~ '^[0-9]{6}$'),
    area_code               text        CHECK (area_code ~ '^[0-9]{12}$'),
    recorded_by             uuid,
    decided_by              uuid,
    reason_sealed           bytea,
    evidence_number         text        CHECK (length(evidence_number) <= 60),
    ended_at                timestamptz,
    CONSTRAINT mandate_pkey PRIMARY KEY (id),
    CONSTRAINT mandate_code_once UNIQUE (code_mac),
    CONSTRAINT mandate_of_two_people CHECK (proxy_id IS DISTINCT FROM represented_id),
    CONSTRAINT mandate_in_force_has_a_proxy CHECK (state <> 'active' OR (proxy_id IS NOT NULL AND masked_proxy_name IS NOT NULL)),
    CONSTRAINT mandate_offer_has_a_code CHECK (state <> 'offered' OR num_nulls(code_mac, code_expires_at) = 0),
    CONSTRAINT mandate_recorded_as_a_whole CHECK (num_nonnulls(recorded_by, city_code, area_code, reason_sealed) IN (0, 4)),
    CONSTRAINT mandate_needs_a_second_person CHECK (decided_by IS NULL OR decided_by <> recorded_by),
    CONSTRAINT mandate_of_an_office_is_decided
        CHECK (recorded_by IS NULL OR state IN ('proposed', 'ended') OR decided_by IS NOT NULL),
    CONSTRAINT mandate_ended_at_known CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE INDEX mandate_of_represented ON proxy.mandate (represented_id, id DESC);
CREATE INDEX mandate_of_proxy ON proxy.mandate (proxy_id, id DESC) WHERE proxy_id IS NOT NULL;
CREATE INDEX mandate_of_area ON proxy.mandate (city_code, id DESC) WHERE city_code IS NOT NULL;
COMMENT ON COLUMN proxy.mandate.code_mac IS 'keyed tag of the code by which an offer is taken; the code is not kept';
COMMENT ON COLUMN proxy.mandate.reason_sealed IS 'what the office wrote last';
GRANT SELECT, INSERT, DELETE ON proxy.mandate TO anju_app;
GRANT UPDATE (proxy_id, state, masked_proxy_name, code_mac, code_expires_at, decided_by, reason_sealed, ended_at)
    ON proxy.mandate TO anju_app;

-- What is over stays over, and nobody's grant becomes another's.
CREATE FUNCTION proxy.guard_mandate() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state = 'ended' OR (OLD.state = 'active' AND NEW.state <> 'ended')
        OR (OLD.proxy_id IS NOT NULL AND NEW.proxy_id IS DISTINCT FROM OLD.proxy_id) THEN
        RAISE EXCEPTION 'a mandate ends once, and stays with its proxy'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_decided_once';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER mandate_ends_once BEFORE UPDATE ON proxy.mandate
    FOR EACH ROW EXECUTE FUNCTION proxy.guard_mandate();

-- One row for each request that somebody sent for somebody else: the represented reads this.
CREATE TABLE proxy.use (
    id             uuid        NOT NULL,
    mandate_id     uuid        NOT NULL,
    represented_id uuid        NOT NULL,
    proxy_id       uuid        NOT NULL,
    masked_name    text        NOT NULL,
    at             timestamptz NOT NULL,
    operation      text        NOT NULL CHECK (length(operation) <= 64),
    CONSTRAINT use_pkey PRIMARY KEY (id)
);
CREATE INDEX use_for_represented ON proxy.use (represented_id, id DESC);
CREATE INDEX use_by_proxy ON proxy.use (proxy_id, id DESC);
GRANT SELECT, INSERT, DELETE ON proxy.use TO anju_app;

-- Both names: who acted, and for whom.
ALTER TABLE platform.audit ADD COLUMN on_behalf_of uuid;
COMMENT ON COLUMN platform.audit.on_behalf_of IS 'the represented, where actor_id acted as a proxy';
