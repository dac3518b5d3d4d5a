-- Homes that are let, and who has a lease of which until when.
CREATE SCHEMA lease;
GRANT USAGE ON SCHEMA lease TO anju_app;

CREATE FUNCTION lease.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TABLE lease.estate (
    estate_id uuid NOT NULL,
    city_code text NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    name      text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    provider  text NOT NULL CHECK (length(provider) BETWEEN 1 AND 60),
    CONSTRAINT estate_pkey PRIMARY KEY (estate_id),
    CONSTRAINT estate_named_once UNIQUE (city_code, name)
);
GRANT SELECT, INSERT ON lease.estate TO anju_app;
GRANT UPDATE (provider) ON lease.estate TO anju_app;

-- What a square metre of an estate costs in a month, for days that never overlap; a missing year is a gap.
CREATE TABLE lease.estate_rate (
    estate_id            uuid      NOT NULL REFERENCES lease.estate,
    days                 daterange NOT NULL CHECK (NOT isempty(days) AND NOT lower_inf(days)),
    project_standard_fen bigint    CHECK (project_standard_fen BETWEEN 0 AND 10000000),
    market_rent_fen      bigint    CHECK (market_rent_fen BETWEEN 0 AND 10000000),
    CONSTRAINT estate_rate_pkey PRIMARY KEY (estate_id, days),
    CONSTRAINT estate_rate_once_a_day EXCLUDE USING gist (estate_id WITH =, days WITH &&),
    CONSTRAINT estate_rate_says_something CHECK (num_nonnulls(project_standard_fen, market_rent_fen) > 0)
);
GRANT SELECT, INSERT ON lease.estate_rate TO anju_app;
CREATE TRIGGER estate_rate_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON lease.estate_rate
    FOR EACH STATEMENT EXECUTE FUNCTION lease.refuse_change();

CREATE TABLE lease.home (
    home_id     uuid          NOT NULL,
    estate_id   uuid          NOT NULL REFERENCES lease.estate,
    city_code   text          NOT NULL,
    building    text          NOT NULL CHECK (length(building) BETWEEN 1 AND 40),
    home_number text          NOT NULL CHECK (length(home_number) BETWEEN 1 AND 40),
    area_sqm    numeric(8, 2) NOT NULL CHECK (area_sqm > 0),
    rooms       integer       NOT NULL CHECK (rooms BETWEEN 1 AND 9),
    CONSTRAINT home_pkey PRIMARY KEY (home_id),
    CONSTRAINT home_once UNIQUE (estate_id, building, home_number)
);
CREATE INDEX home_of_city ON lease.home (city_code);
GRANT SELECT, INSERT ON lease.home TO anju_app;
GRANT UPDATE (area_sqm, rooms) ON lease.home TO anju_app;

CREATE SEQUENCE lease.number;
GRANT USAGE ON SEQUENCE lease.number TO anju_app;

CREATE TABLE lease.lease (
    lease_id        uuid        NOT NULL,
    lease_number    text        NOT NULL,
    city_code       text        NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme       text        NOT NULL,
    home_id         uuid        NOT NULL REFERENCES lease.home,
    -- who gets the rent, as it was when the lease was signed
    provider        text        NOT NULL,
    registration_id uuid,
    follows         uuid        REFERENCES lease.lease,
    state           text        NOT NULL,
    version         bigint      NOT NULL DEFAULT 1 CHECK (version >= 1),
    from_date       date        NOT NULL,
    to_date         date        NOT NULL,
    signed_on       date        NOT NULL,
    handed_over_on  date,
    moved_in_on     date,
    filing_number   text,
    filed_on        date,
    last_day        date,
    end_ground      text,
    returned_on     date,
    deposit_fen     bigint      NOT NULL CHECK (deposit_fen >= 0),
    policy_digest   text        NOT NULL,
    signed_by       uuid,
    recorded_at     timestamptz NOT NULL,
    CONSTRAINT lease_pkey PRIMARY KEY (lease_id),
    CONSTRAINT lease_numbered_once UNIQUE (lease_number),
    CONSTRAINT lease_follows_once UNIQUE (follows),
    CONSTRAINT lease_at_most_five_years CHECK (to_date >= from_date AND to_date < from_date + interval '5 years'),
    CONSTRAINT lease_signed_before_it_begins CHECK (signed_on <= from_date),
    CONSTRAINT lease_moved_in_after_hand_over CHECK (moved_in_on IS NULL OR moved_in_on >= handed_over_on),
    CONSTRAINT lease_filing_is_whole CHECK ((filing_number IS NULL) = (filed_on IS NULL)),
    CONSTRAINT lease_end_is_whole CHECK ((last_day IS NULL) = (end_ground IS NULL)),
    CONSTRAINT lease_ends_within_its_term CHECK (last_day IS NULL OR last_day BETWEEN from_date - 1 AND to_date),
    CONSTRAINT lease_returned_once_ended CHECK (returned_on IS NULL OR last_day IS NOT NULL),
    -- the home is somebody's from the first day until it has been given back, whatever the term says
    CONSTRAINT lease_home_one_at_a_time EXCLUDE USING gist (
        home_id WITH =,
        daterange(from_date, CASE WHEN returned_on < from_date THEN from_date ELSE returned_on END, '[]') WITH &&)
        WHERE (state <> 'withdrawn')
);
-- a registration leads to one lease that was not taken back
CREATE UNIQUE INDEX lease_once_per_registration ON lease.lease (registration_id) WHERE state <> 'withdrawn' AND follows IS NULL;
CREATE INDEX lease_of_city ON lease.lease (city_code, lease_id DESC) INCLUDE (state);
GRANT SELECT, INSERT ON lease.lease TO anju_app;
GRANT UPDATE (state, version, handed_over_on, moved_in_on, filing_number, filed_on, last_day, end_ground, returned_on)
   ON lease.lease TO anju_app;

-- The same moves as in the code; a test compares both.
CREATE TABLE lease.legal_move (
    from_state text NOT NULL,
    to_state   text NOT NULL,
    CONSTRAINT legal_move_pkey PRIMARY KEY (from_state, to_state)
);
INSERT INTO lease.legal_move (from_state, to_state)
VALUES ('signed', 'active'),
       ('signed', 'withdrawn'),
       ('active', 'staying_on'),
       ('active', 'ended'),
       ('staying_on', 'ended');
GRANT SELECT ON lease.legal_move TO anju_app;

CREATE FUNCTION lease.guard_move() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'signed' THEN
            RAISE EXCEPTION 'a lease begins signed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'lease_legal_move';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state
        AND NOT EXISTS (SELECT FROM lease.legal_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no lease moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lease_legal_move';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'a change of lease % skips a version', NEW.lease_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lease_version_counts';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER lease_moves_legally BEFORE INSERT OR UPDATE ON lease.lease
    FOR EACH ROW EXECUTE FUNCTION lease.guard_move();
CREATE TRIGGER lease_stays BEFORE DELETE OR TRUNCATE ON lease.lease
    FOR EACH STATEMENT EXECUTE FUNCTION lease.refuse_change();

-- Who signed. The tenants follow one another; a co-tenant stays.
CREATE TABLE lease.party (
    party_id           uuid    NOT NULL,
    lease_id           uuid    NOT NULL REFERENCES lease.lease,
    role               text    NOT NULL CHECK (role IN ('tenant', 'co-tenant')),
    from_date          date    NOT NULL,
    person_index       bytea   NOT NULL CHECK (length(person_index) = 32),
    masked_name        text    NOT NULL,
    sealed_name        bytea   NOT NULL,
    sealed_national_id bytea   NOT NULL,
    reason             text,
    CONSTRAINT party_pkey PRIMARY KEY (party_id),
    CONSTRAINT party_signs_once UNIQUE (lease_id, role, person_index)
);
CREATE UNIQUE INDEX party_one_tenant_from_a_day ON lease.party (lease_id, from_date) WHERE role = 'tenant';
CREATE INDEX party_person ON lease.party (person_index, lease_id DESC);
GRANT SELECT, INSERT ON lease.party TO anju_app;
CREATE TRIGGER party_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON lease.party
    FOR EACH STATEMENT EXECUTE FUNCTION lease.refuse_change();

-- The rent from a day on, with what it followed from. The newest number for a day holds; older ones stay readable.
CREATE TABLE lease.terms (
    terms_id            uuid        NOT NULL,
    lease_id            uuid        NOT NULL REFERENCES lease.lease,
    number              integer     NOT NULL CHECK (number >= 1),
    from_date           date        NOT NULL,
    -- last day for which the figures are known; none where they hold on
    known_to            date,
    monthly_rent_fen    bigint      NOT NULL CHECK (monthly_rent_fen >= 0),
    monthly_subsidy_fen bigint      NOT NULL CHECK (monthly_subsidy_fen BETWEEN 0 AND monthly_rent_fen),
    tier                text        NOT NULL,
    policy_digest       text        NOT NULL,
    reason              text,
    sealed_facts        bytea       NOT NULL,
    sealed_trace        bytea       NOT NULL,
    recorded_at         timestamptz NOT NULL,
    CONSTRAINT terms_pkey PRIMARY KEY (terms_id),
    CONSTRAINT terms_numbered UNIQUE (lease_id, number),
    CONSTRAINT terms_known_from_their_first_day CHECK (known_to IS NULL OR known_to >= from_date)
);
GRANT SELECT, INSERT ON lease.terms TO anju_app;
CREATE TRIGGER terms_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON lease.terms
    FOR EACH STATEMENT EXECUTE FUNCTION lease.refuse_change();

CREATE TABLE lease.renewal (
    lease_id     uuid NOT NULL REFERENCES lease.lease,
    requested_on date NOT NULL,
    requested_by uuid NOT NULL,
    decided_on   date,
    decided_by   uuid,
    approved     boolean,
    reason       text,
    CONSTRAINT renewal_asked_once PRIMARY KEY (lease_id),
    CONSTRAINT renewal_decision_is_whole CHECK (num_nonnulls(decided_on, decided_by, approved, reason) IN (0, 4))
);
GRANT SELECT, INSERT ON lease.renewal TO anju_app;
GRANT UPDATE (decided_on, decided_by, approved, reason) ON lease.renewal TO anju_app;
