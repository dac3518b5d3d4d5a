-- Who may not apply under a programme for some time, person by person: the members that the household had when it was
-- barred, known by the keyed fingerprints of their national IDs.
CREATE TABLE waitinglist.bar (
    registration_id uuid        NOT NULL REFERENCES waitinglist.registration,
    person_index    bytea       NOT NULL CHECK (length(person_index) = 32),
    city_code       text        NOT NULL,
    programme       text        NOT NULL,
    barred_until    date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    CONSTRAINT bar_pkey PRIMARY KEY (registration_id, person_index)
);
-- asked at every submission
CREATE INDEX bar_of_person ON waitinglist.bar (city_code, programme, person_index) INCLUDE (barred_until);
GRANT SELECT, INSERT ON waitinglist.bar TO anju_app;
CREATE TRIGGER bar_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.bar
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();

-- Bars that were written down before: the places of the members were given back in the moment of the exit.
INSERT INTO waitinglist.bar (registration_id, person_index, city_code, programme, barred_until, recorded_at)
SELECT w.registration_id, c.person_index, w.city_code, w.programme, max(w.barred_until), max(w.recorded_at)
  FROM waitinglist.waiver w
  JOIN waitinglist.registration r USING (registration_id)
  JOIN waitinglist.exit x USING (registration_id)
  JOIN application.claim c ON c.application_id = r.application_id AND c.released_at = x.recorded_at
 WHERE w.barred_until IS NOT NULL
 GROUP BY w.registration_id, c.person_index, w.city_code, w.programme;

-- Whose account a household of a register that was taken over belongs to: that of the person who is its applicant. Null
-- for households that were taken over before accounts were tied.
ALTER TABLE waitinglist.imported_household
    ADD COLUMN applicant_index bytea CHECK (length(applicant_index) = 32);
CREATE INDEX imported_household_applicant ON waitinglist.imported_household (applicant_index);

CREATE TABLE waitinglist.household_account (
    registration_id uuid        NOT NULL REFERENCES waitinglist.imported_household,
    resident_id     uuid        NOT NULL,
    tied_at         timestamptz NOT NULL,
    CONSTRAINT household_account_pkey PRIMARY KEY (registration_id)
);
CREATE INDEX household_account_resident ON waitinglist.household_account (resident_id);
GRANT SELECT, INSERT ON waitinglist.household_account TO anju_app;
CREATE TRIGGER household_account_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.household_account
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();

-- What other domains may know of accounts: which one is bound to a person, by fingerprint.
CREATE VIEW identity.account_of_person AS
    SELECT person_index, id AS resident_id
      FROM identity.resident
     WHERE person_index IS NOT NULL AND merged_into IS NULL;
GRANT SELECT ON identity.account_of_person TO anju_app;

-- A household that was taken over belongs to the account that it was tied to since.
CREATE OR REPLACE VIEW waitinglist.household AS
    SELECT r.registration_id, r.application_id, coalesce(a.resident_id, r.resident_id) AS resident_id, r.city_code,
           r.programme, r.sequence, coalesce(i.area_code, r.area_code) AS area_code, r.receipt_number, r.masked_name,
           coalesce(i.household_size, r.household_size) AS household_size, coalesce(i.category, r.category) AS category,
           r.applied_at, r.qualified_on, r.registered_on, coalesce(u.policy_digest, r.policy_digest) AS policy_digest,
           x.exit_type, x.occurred_on, x.recorded_at, f.freeze_type, f.from_date AS frozen_from,
           i.effective_on, w.waivers
      FROM waitinglist.registration r
      LEFT JOIN waitinglist.household_account a USING (registration_id)
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
