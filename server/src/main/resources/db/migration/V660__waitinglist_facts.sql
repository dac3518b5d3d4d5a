-- What happens to a household between its registration and its exit. Every fact takes the next number of its list.
CREATE TABLE waitinglist.freeze (
    registration_id uuid NOT NULL REFERENCES waitinglist.registration,
    city_code       text NOT NULL,
    programme       text NOT NULL,
    sequence        bigint NOT NULL,
    -- the end of a freeze is a fact of its own, with no type
    freeze_type     text CHECK (freeze_type IN
                        ('annual-review', 'under-investigation', 'own-request', 'unreachable', 'other')),
    from_date       date NOT NULL,
    reason_sealed   bytea NOT NULL,
    recorded_at     timestamptz NOT NULL,
    recorded_by     uuid,
    office          text,
    CONSTRAINT freeze_pkey PRIMARY KEY (registration_id, sequence),
    CONSTRAINT freeze_sequence UNIQUE (city_code, programme, sequence)
);
GRANT SELECT, INSERT ON waitinglist.freeze TO anju_app;

CREATE TABLE waitinglist.waiver (
    registration_id uuid NOT NULL REFERENCES waitinglist.registration,
    city_code       text NOT NULL,
    programme       text NOT NULL,
    sequence        bigint NOT NULL,
    offer_number    text NOT NULL CHECK (length(offer_number) BETWEEN 1 AND 60),
    waived_on       date NOT NULL,
    consequence     text NOT NULL CHECK (consequence IN ('none', 'points', 'to-the-end', 'barred')),
    barred_until    date,
    reason_sealed   bytea NOT NULL,
    recorded_at     timestamptz NOT NULL,
    recorded_by     uuid,
    office          text,
    CONSTRAINT waiver_pkey PRIMARY KEY (registration_id, sequence),
    CONSTRAINT waiver_once_per_offer UNIQUE (registration_id, offer_number),
    CONSTRAINT waiver_sequence UNIQUE (city_code, programme, sequence),
    CONSTRAINT waiver_bar_has_an_end CHECK ((consequence = 'barred') = (barred_until IS NOT NULL))
);
GRANT SELECT, INSERT ON waitinglist.waiver TO anju_app;

-- The facts that a household is scored by, from the second version on; the first is its registration's.
CREATE TABLE waitinglist.inputs (
    inputs_id       uuid NOT NULL,
    registration_id uuid NOT NULL REFERENCES waitinglist.registration,
    city_code       text NOT NULL,
    programme       text NOT NULL,
    sequence        bigint NOT NULL,
    effective_on    date NOT NULL,
    area_code       text NOT NULL CHECK (area_code ~ '^[0-9]{12}$'),
    household_size  integer NOT NULL CHECK (household_size BETWEEN 1 AND 30),
    category        text NOT NULL,
    facts_sealed    bytea NOT NULL,
    reason_sealed   bytea NOT NULL,
    recorded_at     timestamptz NOT NULL,
    recorded_by     uuid,
    office          text,
    CONSTRAINT inputs_pkey PRIMARY KEY (inputs_id),
    CONSTRAINT inputs_of_registration UNIQUE (registration_id, sequence),
    CONSTRAINT inputs_sequence UNIQUE (city_code, programme, sequence)
);
GRANT SELECT, INSERT ON waitinglist.inputs TO anju_app;

-- From this fact on, everyone who was on the list up to a number is scored under a newer document. One fact for the whole
-- list: a re-scoring is there for all of them or for nobody.
CREATE TABLE waitinglist.rules (
    city_code     text NOT NULL,
    programme     text NOT NULL,
    sequence      bigint NOT NULL,
    up_to         bigint NOT NULL CHECK (up_to < sequence),
    policy_digest text NOT NULL,
    rescoring_id  uuid NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT rules_pkey PRIMARY KEY (city_code, programme, sequence),
    CONSTRAINT rules_once_per_rescoring UNIQUE (rescoring_id),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list
);
GRANT SELECT, INSERT ON waitinglist.rules TO anju_app;

-- Where the housed found their home: the source of open data on who was lucky with which place.
ALTER TABLE waitinglist.exit
    ADD COLUMN estate_name text CHECK (length(estate_name) BETWEEN 1 AND 60),
    ADD COLUMN home_rooms  integer CHECK (home_rooms BETWEEN 1 AND 9),
    ADD CONSTRAINT exit_home_is_of_the_housed CHECK (exit_type = 'housed' OR num_nonnulls(estate_name, home_rooms) = 0),
    DROP CONSTRAINT exit_exit_type_check,
    ADD CONSTRAINT exit_exit_type_check CHECK (exit_type IN
        ('housed', 'withdrawn', 'no-longer-eligible', 'deceit', 'deceased', 'waived', 'other'));

-- Grants keep the application from changes; the triggers keep everyone else from them too.
CREATE FUNCTION waitinglist.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'facts of the register are only ever added' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER registration_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.registration
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
CREATE TRIGGER exit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.exit
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
CREATE TRIGGER freeze_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.freeze
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
CREATE TRIGGER waiver_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.waiver
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
CREATE TRIGGER inputs_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.inputs
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
CREATE TRIGGER rules_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.rules
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();

-- A place says which facts it was derived from: those of the registration where inputs is null.
ALTER TABLE waitinglist.standing_line
    ADD COLUMN deferred bigint CHECK (deferred >= 1),
    ADD COLUMN frozen   boolean NOT NULL DEFAULT false,
    ADD COLUMN ahead    integer CHECK (ahead >= 0),
    ADD COLUMN inputs   bigint;
COMMENT ON COLUMN waitinglist.standing_line.deferred IS
    'number of the refusal that sent the household behind everyone who has not been sent there';
COMMENT ON COLUMN waitinglist.standing_line.ahead IS
    'households before it that are offered homes, the frozen left out; none where no freeze was known yet';

CREATE OR REPLACE VIEW waitinglist.listed AS
    SELECT line.standing_id, line.rank, line.district_code, line.district_rank, line.score, line.priority, line.since,
           r.registration_id, r.application_id, r.receipt_number, r.masked_name,
           coalesce(i.household_size, r.household_size) AS household_size, coalesce(i.category, r.category) AS category,
           r.applied_at, r.registered_at, coalesce(line.deferred, 0) AS deferred, line.frozen
      FROM waitinglist.standing_line line
      JOIN waitinglist.registration r USING (registration_id)
      LEFT JOIN waitinglist.inputs i ON i.registration_id = line.registration_id AND i.sequence = line.inputs;

-- The register as it stands: each household with its newest facts.
CREATE VIEW waitinglist.household AS
    SELECT r.registration_id, r.application_id, r.resident_id, r.city_code, r.programme, r.sequence,
           coalesce(i.area_code, r.area_code) AS area_code, r.receipt_number, r.masked_name,
           coalesce(i.household_size, r.household_size) AS household_size, coalesce(i.category, r.category) AS category,
           r.applied_at, r.qualified_on, r.registered_on, coalesce(u.policy_digest, r.policy_digest) AS policy_digest,
           x.exit_type, x.occurred_on, x.recorded_at, f.freeze_type, f.from_date AS frozen_from,
           i.effective_on, w.waivers
      FROM waitinglist.registration r
      LEFT JOIN waitinglist.exit x USING (registration_id)
      LEFT JOIN LATERAL (
            SELECT area_code, household_size, category, effective_on
              FROM waitinglist.inputs
             WHERE inputs.registration_id = r.registration_id
             ORDER BY sequence DESC
             LIMIT 1) i ON true
      LEFT JOIN LATERAL (
            SELECT freeze_type, from_date
              FROM waitinglist.freeze z
             WHERE z.registration_id = r.registration_id
             ORDER BY z.sequence DESC
             LIMIT 1) f ON true
      LEFT JOIN LATERAL (
            SELECT count(*)::integer AS waivers
              FROM waitinglist.waiver
             WHERE waiver.registration_id = r.registration_id) w ON true
      LEFT JOIN LATERAL (
            SELECT policy_digest
              FROM waitinglist.rules
             WHERE rules.city_code = r.city_code AND rules.programme = r.programme AND rules.up_to >= r.sequence
             ORDER BY rules.sequence DESC
             LIMIT 1) u ON true;
GRANT SELECT ON waitinglist.household TO anju_app;
