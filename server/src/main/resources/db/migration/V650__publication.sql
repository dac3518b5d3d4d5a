-- The keys of an order that follow from sealed facts: kept with the place that they led to, so that a published order can
-- be recomputed. None where the household is in no class, or the order counts no dates.
ALTER TABLE waitinglist.standing_line
    ADD COLUMN priority integer CHECK (priority >= 1),
    ADD COLUMN since    date;

-- What others may read of an order: every household of a generation with what its place follows from.
CREATE VIEW waitinglist.listed AS
    SELECT line.standing_id, line.rank, line.district_code, line.district_rank, line.score, line.priority, line.since,
           r.registration_id, r.application_id, r.receipt_number, r.masked_name, r.household_size, r.category,
           r.applied_at, r.registered_at
      FROM waitinglist.standing_line line
      JOIN waitinglist.registration r USING (registration_id);
GRANT SELECT ON waitinglist.listed TO anju_app;

-- Publications: frozen lists. What is there stays there, byte for byte.
CREATE SCHEMA publication;
GRANT USAGE ON SCHEMA publication TO anju_app;

-- A publication that somebody asked for; it is being made until there is a publication of the same id.
CREATE TABLE publication.request (
    id           uuid        NOT NULL,
    city_code    text        NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme    text        NOT NULL CHECK (length(programme) <= 40),
    period       text        NOT NULL CHECK (period ~ '^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$' AND length(period) <= 40),
    reason       text        CHECK (length(reason) <= 200),
    requested_by uuid,
    requested_at timestamptz NOT NULL,
    CONSTRAINT request_pkey PRIMARY KEY (id),
    CONSTRAINT publication_once_per_period UNIQUE (city_code, programme, period)
);
GRANT SELECT, INSERT ON publication.request TO anju_app;

-- Written last, in the transaction that wrote the rows: whoever sees a publication sees all of it.
CREATE TABLE publication.publication (
    id           uuid        NOT NULL REFERENCES publication.request,
    city_code    text        NOT NULL,
    programme    text        NOT NULL,
    period       text        NOT NULL,
    as_of        date        NOT NULL,
    published_at timestamptz NOT NULL,
    policy_digest text       NOT NULL,
    total        integer     NOT NULL CHECK (total >= 0),
    root         bytea       NOT NULL CHECK (length(root) = 32),
    runs         bytea       NOT NULL,
    statement    text        NOT NULL,
    key_id       text        NOT NULL,
    public_key   bytea       NOT NULL CHECK (length(public_key) = 32),
    signature    bytea       NOT NULL CHECK (length(signature) = 64),
    CONSTRAINT publication_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN publication.publication.runs IS
    'roots of runs of 1024 rows, one after the other: a proof reads one run instead of the whole list';
CREATE INDEX publication_newest ON publication.publication (city_code, programme, id DESC);
GRANT SELECT, INSERT ON publication.publication TO anju_app;

CREATE TABLE publication.line (
    publication_id  uuid    NOT NULL,
    rank            integer NOT NULL CHECK (rank >= 1),
    registration_id uuid    NOT NULL,
    salt            bytea   NOT NULL,
    content         text    NOT NULL,
    CONSTRAINT line_pkey PRIMARY KEY (publication_id, rank),
    CONSTRAINT line_salt_is_long CHECK (length(salt) = 32),
    -- the last line of defence: no free text is long enough for a name, or has a digit for a number; all else has a type
    CONSTRAINT published_line_shows_no_identifier CHECK (
        length(split_part(content, ',', 3)) <= 3
        AND split_part(content, ',', 6) !~ '[0-9]'
        AND length(split_part(content, ',', 2)) <= 24)
);
COMMENT ON COLUMN publication.line.content IS 'the published text of the row: what a leaf of the tree holds';
CREATE UNIQUE INDEX line_of_household ON publication.line (publication_id, registration_id);
GRANT SELECT, INSERT ON publication.line TO anju_app;

-- Grants keep the application from changes; the trigger keeps everyone else from them too.
CREATE FUNCTION publication.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'what was published is never changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER publication_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication.publication
    FOR EACH STATEMENT EXECUTE FUNCTION publication.refuse_change();
CREATE TRIGGER line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication.line
    FOR EACH STATEMENT EXECUTE FUNCTION publication.refuse_change();
CREATE TRIGGER request_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication.request
    FOR EACH STATEMENT EXECUTE FUNCTION publication.refuse_change();
