-- Applications: one household's request under one programme in one city.
CREATE SCHEMA application;
GRANT USAGE ON SCHEMA application TO anju_app;

-- The table of legal moves, the same as ApplicationState in the program; a move to the same state changes the step.
CREATE TABLE application.legal_move (
    from_state text NOT NULL,
    to_state   text NOT NULL,
    PRIMARY KEY (from_state, to_state)
);
GRANT SELECT ON application.legal_move TO anju_app;

INSERT INTO application.legal_move (from_state, to_state)
VALUES ('draft', 'in_review'),
       ('draft', 'awaiting_publicity'),
       ('draft', 'withdrawn'),
       ('in_review', 'in_review'),
       ('in_review', 'awaiting_correction'),
       ('in_review', 'awaiting_publicity'),
       ('in_review', 'refused'),
       ('in_review', 'registered'),
       ('in_review', 'withdrawn'),
       ('awaiting_correction', 'in_review'),
       ('awaiting_correction', 'refused'),
       ('awaiting_correction', 'withdrawn'),
       ('awaiting_publicity', 'in_publicity'),
       ('awaiting_publicity', 'withdrawn'),
       ('in_publicity', 'in_review'),
       ('in_publicity', 'awaiting_publicity'),
       ('in_publicity', 'refused'),
       ('in_publicity', 'registered'),
       ('in_publicity', 'withdrawn'),
       ('refused', 'in_re_review'),
       ('in_re_review', 'refused'),
       ('in_re_review', 'in_review'),
       ('in_re_review', 'awaiting_publicity'),
       ('in_re_review', 'registered'),
       ('in_re_review', 'withdrawn');

CREATE SEQUENCE application.receipt_serial;
GRANT USAGE ON SEQUENCE application.receipt_serial TO anju_app;

-- Only what queries need is in plain columns; what the household declares is sealed in draft and submission.
CREATE TABLE application.application (
    id             uuid        NOT NULL DEFAULT uuidv7(),
    resident_id    uuid        NOT NULL,
    city_code      text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    programme      text        NOT NULL CHECK (programme ~ '^[a-z][a-z0-9-]{1,39}$'),
    state          text        NOT NULL DEFAULT 'draft',
    version        bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    step_index     integer     CHECK (step_index >= 0),
    furthest_step  integer     CHECK (furthest_step >= 0),
    submissions    integer     NOT NULL DEFAULT 0 CHECK (submissions BETWEEN 0 AND 2),
    area_code      text        CHECK (area_code ~ '^\d{12}$'),
    household_size integer     CHECK (household_size BETWEEN 1 AND 12),
    masked_name    text        CHECK (length(masked_name) <= 60),
    category       text        CHECK (category ~ '^[a-z][a-z-]{1,39}$'),
    policy_digest  text        CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
    receipt_number text        CHECK (receipt_number ~ '^\d{6}-\d{4}-\d{7,9}-[0-9A-Z]$'),
    submitted_at   timestamptz,
    refused_at     timestamptz,
    registered_at  timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CONSTRAINT application_pkey PRIMARY KEY (id),
    CONSTRAINT application_receipt_number_once UNIQUE (receipt_number),
    CONSTRAINT application_submitted_is_whole CHECK (
        submissions = 0
        OR num_nulls(area_code, household_size, masked_name, category, policy_digest, receipt_number, submitted_at,
                     step_index, furthest_step) = 0),
    CONSTRAINT application_submitted_unless_draft CHECK (submissions > 0 OR state IN ('draft', 'withdrawn')),
    CONSTRAINT application_refused_at_known CHECK (state <> 'refused' OR refused_at IS NOT NULL)
);
CREATE INDEX application_of_resident ON application.application (resident_id, id DESC);
COMMENT ON COLUMN application.application.furthest_step IS 'the offices of the steps up to here have handled the file';
COMMENT ON COLUMN application.application.masked_name IS 'as a publicity list may show it';

GRANT SELECT, INSERT, UPDATE ON application.application TO anju_app;

-- Grants keep the program from removing rows; this trigger keeps every move on the table of legal ones, and what was
-- fixed at submission as it was.
CREATE FUNCTION application.guard_move() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.submissions <> 0 THEN
            RAISE EXCEPTION 'an application begins as a draft'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'application_legal_move';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.state <> OLD.state OR NEW.step_index IS DISTINCT FROM OLD.step_index)
        AND NOT EXISTS (
            SELECT FROM application.legal_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no application moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_legal_move';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'every change counts the version up by one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_version_without_gap';
    END IF;
    IF (NEW.id, NEW.resident_id, NEW.city_code, NEW.programme, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.resident_id, OLD.city_code, OLD.programme, OLD.created_at)
        OR (OLD.submissions > 0
            AND (NEW.policy_digest, NEW.receipt_number, NEW.submitted_at)
                IS DISTINCT FROM (OLD.policy_digest, OLD.receipt_number, OLD.submitted_at)) THEN
        RAISE EXCEPTION 'what an application was handed in as does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER application_moves_legally
    BEFORE INSERT OR UPDATE ON application.application
    FOR EACH ROW EXECUTE FUNCTION application.guard_move();

-- The household while it is being written; gone once it is handed in.
CREATE TABLE application.draft (
    application_id uuid  NOT NULL REFERENCES application.application,
    household      bytea NOT NULL,
    CONSTRAINT draft_pkey PRIMARY KEY (application_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON application.draft TO anju_app;

CREATE FUNCTION application.refuse_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- What was handed in, kept as it was: the first submission, and the answer to a correction request.
CREATE TABLE application.submission (
    application_id uuid        NOT NULL REFERENCES application.application,
    number         integer     NOT NULL CHECK (number BETWEEN 1 AND 2),
    content        bytea       NOT NULL,
    content_sha256 text        NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
    received_at    timestamptz NOT NULL,
    signed_text    text        NOT NULL,
    signature      text        NOT NULL,
    CONSTRAINT submission_pkey PRIMARY KEY (application_id, number)
);
COMMENT ON COLUMN application.submission.content IS 'household, commitment and the documents'' digests as JSON, sealed';
COMMENT ON COLUMN application.submission.signed_text IS 'what the receipt''s signature covers: no personal data';
GRANT SELECT, INSERT ON application.submission TO anju_app;
CREATE TRIGGER submission_stays BEFORE UPDATE OR DELETE ON application.submission
    FOR EACH ROW EXECUTE FUNCTION application.refuse_edit();
CREATE TRIGGER submissions_stay BEFORE TRUNCATE ON application.submission
    FOR EACH STATEMENT EXECUTE FUNCTION application.refuse_edit();

-- The timeline. Its version is the application's after the change.
CREATE TABLE application.event (
    application_id uuid        NOT NULL REFERENCES application.application,
    version        bigint      NOT NULL,
    id             uuid        NOT NULL DEFAULT uuidv7(),
    at             timestamptz NOT NULL,
    kind           text        NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    actor_kind     text        NOT NULL CHECK (actor_kind IN ('resident', 'staff', 'partner', 'system')),
    actor_id       uuid,
    office         text        CHECK (length(office) <= 200),
    from_state     text,
    to_state       text        NOT NULL,
    step_index     integer     CHECK (step_index >= 0),
    reason_codes   text[]      NOT NULL DEFAULT '{}',
    note           bytea,
    CONSTRAINT event_pkey PRIMARY KEY (application_id, version)
);
COMMENT ON COLUMN application.event.note IS 'sealed: what officials write to a household may name health or income';
GRANT SELECT, INSERT ON application.event TO anju_app;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON application.event
    FOR EACH ROW EXECUTE FUNCTION application.refuse_edit();
CREATE TRIGGER events_stay BEFORE TRUNCATE ON application.event
    FOR EACH STATEMENT EXECUTE FUNCTION application.refuse_edit();

-- No move without its event: checked when the transaction ends, whoever writes.
CREATE FUNCTION application.require_event() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF NOT EXISTS (
        SELECT FROM application.event
         WHERE application_id = NEW.id AND version = NEW.version AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'a move of application % has no event', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_move_has_event';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER application_move_has_event
    AFTER UPDATE OF state, step_index ON application.application
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    WHEN (NEW.state <> OLD.state OR NEW.step_index IS DISTINCT FROM OLD.step_index)
    EXECUTE FUNCTION application.require_event();

-- Told once, in writing, everything that is missing: the key is what makes it once.
CREATE TABLE application.correction (
    application_id uuid        NOT NULL REFERENCES application.application,
    requested_at   timestamptz NOT NULL,
    due_on         date        NOT NULL,
    items          bytea       NOT NULL,
    answered_at    timestamptz,
    CONSTRAINT correction_asked_once PRIMARY KEY (application_id)
);
CREATE INDEX correction_unanswered ON application.correction (due_on) WHERE answered_at IS NULL;
GRANT SELECT, INSERT, UPDATE (answered_at) ON application.correction TO anju_app;

-- Re-review of a refusal is asked once.
CREATE TABLE application.re_review (
    application_id uuid        NOT NULL REFERENCES application.application,
    requested_at   timestamptz NOT NULL,
    due_on         date        NOT NULL,
    reason         bytea       NOT NULL,
    CONSTRAINT re_review_asked_once PRIMARY KEY (application_id)
);
GRANT SELECT, INSERT ON application.re_review TO anju_app;

-- Every member holds one place per city while the application is alive. The person is a keyed fingerprint of the
-- national ID, so this table tells nobody who it is.
CREATE TABLE application.claim (
    application_id uuid        NOT NULL REFERENCES application.application,
    city_code      text        NOT NULL,
    person_index   bytea       NOT NULL CHECK (length(person_index) = 32),
    claimed_at     timestamptz NOT NULL,
    released_at    timestamptz,
    id             uuid        NOT NULL DEFAULT uuidv7(),
    CONSTRAINT claim_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX one_active_application_per_person
    ON application.claim (city_code, person_index) WHERE released_at IS NULL;
CREATE INDEX claim_of_application ON application.claim (application_id);
GRANT SELECT, INSERT, UPDATE (released_at) ON application.claim TO anju_app;

-- Who lives in a home of the city's programmes already.
CREATE TABLE application.housed_person (
    city_code    text  NOT NULL,
    person_index bytea NOT NULL CHECK (length(person_index) = 32),
    since        date  NOT NULL,
    source       text  NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    CONSTRAINT housed_person_pkey PRIMARY KEY (city_code, person_index)
);
COMMENT ON COLUMN application.housed_person.source IS 'the application, or the import, that says so';
GRANT SELECT, INSERT ON application.housed_person TO anju_app;

-- Documents. The bytes lie sealed in the file store; a row exists only for bytes that are there.
CREATE TABLE application.attachment (
    id             uuid        NOT NULL,
    application_id uuid        NOT NULL REFERENCES application.application,
    kind           text        NOT NULL CHECK (kind ~ '^[a-z][a-z0-9-]{1,39}$'),
    file_name      bytea       NOT NULL,
    media_type     text        NOT NULL,
    size_bytes     bigint      NOT NULL CHECK (size_bytes BETWEEN 1 AND 10485760),
    sha256         text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    file_key       text        NOT NULL,
    uploaded_at    timestamptz NOT NULL,
    handed_in      boolean     NOT NULL DEFAULT false,
    CONSTRAINT attachment_pkey PRIMARY KEY (id),
    CONSTRAINT attachment_content_once UNIQUE (application_id, kind, sha256)
);
COMMENT ON COLUMN application.attachment.file_name IS 'sealed: people name files after themselves';
GRANT SELECT, INSERT, UPDATE (handed_in), DELETE ON application.attachment TO anju_app;

CREATE FUNCTION application.keep_handed_in() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.handed_in THEN
        RAISE EXCEPTION 'a document that was handed in stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER attachment_handed_in_stays BEFORE UPDATE OR DELETE ON application.attachment
    FOR EACH ROW EXECUTE FUNCTION application.keep_handed_in();

-- Bytes that no attachment needs, or does not need yet: written before an upload and after a deletion. What is still
-- here a day later is removed from the store.
CREATE TABLE application.loose_file (
    file_key text        NOT NULL,
    since    timestamptz NOT NULL,
    CONSTRAINT loose_file_pkey PRIMARY KEY (file_key)
);
CREATE INDEX loose_file_by_age ON application.loose_file (since);
GRANT SELECT, INSERT, DELETE ON application.loose_file TO anju_app;

-- Who opened the household's file, and why: the household reads this.
CREATE TABLE application.reading (
    id             uuid        NOT NULL DEFAULT uuidv7(),
    application_id uuid        NOT NULL REFERENCES application.application,
    at             timestamptz NOT NULL,
    staff_id       uuid        NOT NULL,
    office         text        NOT NULL CHECK (length(office) <= 200),
    reason         text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    CONSTRAINT reading_pkey PRIMARY KEY (id)
);
CREATE INDEX reading_of_application ON application.reading (application_id, id DESC);
GRANT SELECT, INSERT ON application.reading TO anju_app;
CREATE TRIGGER reading_stays BEFORE UPDATE OR DELETE ON application.reading
    FOR EACH ROW EXECUTE FUNCTION application.refuse_edit();
