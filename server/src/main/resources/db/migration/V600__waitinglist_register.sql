-- The register holds facts that are never changed; every rank is derived from them, as a whole new generation.
CREATE SCHEMA waitinglist;
GRANT USAGE ON SCHEMA waitinglist TO anju_app;

-- One row for each list. Its version numbers the facts of the list in the order in which they were committed: whoever
-- adds a fact holds this row until commit, so that no lower number can appear after a higher one was read.
CREATE TABLE waitinglist.list (
    city_code text NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme text NOT NULL,
    version   bigint NOT NULL DEFAULT 0 CHECK (version >= 0),
    PRIMARY KEY (city_code, programme)
);
GRANT SELECT, INSERT, UPDATE ON waitinglist.list TO anju_app;

CREATE TABLE waitinglist.registration (
    registration_id uuid PRIMARY KEY,
    application_id  uuid NOT NULL,
    resident_id     uuid NOT NULL,
    city_code       text NOT NULL,
    programme       text NOT NULL,
    sequence        bigint NOT NULL,
    area_code       text NOT NULL CHECK (area_code ~ '^[0-9]{12}$'),
    receipt_number  text NOT NULL,
    masked_name     text NOT NULL,
    household_size  integer NOT NULL CHECK (household_size BETWEEN 1 AND 30),
    category        text NOT NULL,
    applied_at      timestamptz NOT NULL,
    qualified_on    date NOT NULL,
    registered_at   timestamptz NOT NULL,
    registered_on   date NOT NULL,
    policy_digest   text NOT NULL,
    facts_sealed    bytea NOT NULL,
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list,
    CONSTRAINT registration_once UNIQUE (application_id),
    CONSTRAINT registration_receipt UNIQUE (receipt_number),
    CONSTRAINT registration_sequence UNIQUE (city_code, programme, sequence)
);
-- what staff leaf through: their area, newest first
CREATE INDEX registration_area ON waitinglist.registration (city_code, registration_id DESC) INCLUDE (area_code, programme);
GRANT SELECT, INSERT ON waitinglist.registration TO anju_app;

CREATE TABLE waitinglist.exit (
    registration_id uuid NOT NULL REFERENCES waitinglist.registration,
    city_code       text NOT NULL,
    programme       text NOT NULL,
    sequence        bigint NOT NULL,
    exit_type       text NOT NULL CHECK (exit_type IN
                        ('housed', 'withdrawn', 'no-longer-eligible', 'deceit', 'deceased', 'other')),
    occurred_on     date NOT NULL,
    reason_sealed   bytea NOT NULL,
    recorded_at     timestamptz NOT NULL,
    recorded_by     uuid,
    office          text,
    CONSTRAINT registration_exits_once PRIMARY KEY (registration_id),
    CONSTRAINT exit_sequence UNIQUE (city_code, programme, sequence)
);
GRANT SELECT, INSERT ON waitinglist.exit TO anju_app;

-- A generation: the whole order of one list as of one day, derived from the facts up to a version.
CREATE TABLE waitinglist.standing (
    standing_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    city_code     text NOT NULL,
    programme     text NOT NULL,
    as_of         date NOT NULL,
    version       bigint NOT NULL,
    policy_digest text NOT NULL,
    derived_at    timestamptz NOT NULL,
    total         integer NOT NULL CHECK (total >= 0),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list
);
CREATE INDEX standing_newest ON waitinglist.standing (city_code, programme, standing_id DESC);
GRANT SELECT, INSERT, DELETE ON waitinglist.standing TO anju_app;

CREATE TABLE waitinglist.standing_line (
    standing_id     bigint NOT NULL REFERENCES waitinglist.standing ON DELETE CASCADE,
    rank            integer NOT NULL CHECK (rank >= 1),
    registration_id uuid NOT NULL,
    district_code   text NOT NULL,
    district_rank   integer NOT NULL CHECK (district_rank >= 1),
    score           numeric(8, 4) NOT NULL,
    PRIMARY KEY (standing_id, registration_id)
);
CREATE UNIQUE INDEX standing_line_rank ON waitinglist.standing_line (standing_id, rank);
CREATE UNIQUE INDEX standing_line_district
    ON waitinglist.standing_line (standing_id, district_code, district_rank);
GRANT SELECT, INSERT, DELETE ON waitinglist.standing_line TO anju_app;

-- Which generation a resident last saw on a day: what moved is told against the last earlier day.
CREATE TABLE waitinglist.visit (
    registration_id uuid NOT NULL REFERENCES waitinglist.registration,
    seen_on         date NOT NULL,
    standing_id     bigint NOT NULL,
    PRIMARY KEY (registration_id, seen_on)
);
CREATE INDEX visit_standing ON waitinglist.visit (standing_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON waitinglist.visit TO anju_app;
