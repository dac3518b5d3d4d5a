-- Complaints, reports of wrongdoing and petitions: what was filed, the clocks that run, and everything that happened.
CREATE SCHEMA complaint;
GRANT USAGE ON SCHEMA complaint TO anju_app;

-- The table of legal moves, the same as ComplaintState in the program.
CREATE TABLE complaint.legal_move (
    from_state text NOT NULL,
    to_state   text NOT NULL,
    PRIMARY KEY (from_state, to_state)
);
GRANT SELECT ON complaint.legal_move TO anju_app;

INSERT INTO complaint.legal_move (from_state, to_state)
VALUES ('received', 'handling'),
       ('received', 'refused'),
       ('received', 'withdrawn'),
       ('handling', 'received'),
       ('handling', 'answered'),
       ('handling', 'withdrawn'),
       ('answered', 'closed'),
       ('answered', 'in_review'),
       ('closed', 'handling'),
       ('closed', 'in_review'),
       ('in_review', 'answered');

-- What people quote. Reports get a number of their own that tells no order.
CREATE SEQUENCE complaint.serial MAXVALUE 99999999;
GRANT USAGE ON SEQUENCE complaint.serial TO anju_app;

-- resident_id is missing where nobody gave a name. subject_key is a keyed fingerprint of what it is about, so that two
-- about the same thing are found without showing what that is.
CREATE TABLE complaint.complaint (
    id               uuid        NOT NULL,
    number           text        NOT NULL,
    city_code        text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    kind             text        NOT NULL CHECK (kind IN ('complaint', 'repair', 'consultation', 'report', 'petition')),
    category         text        NOT NULL CHECK (length(category) <= 60),
    joinable         boolean     NOT NULL,
    policy_digest    text        NOT NULL CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
    resident_id      uuid        REFERENCES identity.resident,
    subject_type     text        CHECK (subject_type IN
                                        ('application', 'notice', 'lease', 'home', 'payment', 'office', 'person')),
    subject_id       uuid,
    subject_key      bytea,
    objection_id     uuid,
    content          bytea       NOT NULL,
    state            text        NOT NULL,
    version          bigint      NOT NULL DEFAULT 1,
    office_level     text        NOT NULL
        CHECK (office_level IN ('community', 'street', 'civil-affairs', 'district', 'city')),
    area_code        text        NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    handler_id       uuid        REFERENCES identity.staff,
    transfer_by      date,
    bound            boolean     NOT NULL DEFAULT false,
    supervised       boolean     NOT NULL DEFAULT false,
    extended         boolean     NOT NULL DEFAULT false,
    reopened         boolean     NOT NULL DEFAULT false,
    review_round     integer     NOT NULL DEFAULT 0 CHECK (review_round BETWEEN 0 AND 5),
    review_by        date,
    reopen_by        date,
    final            boolean     NOT NULL DEFAULT false,
    answered_on      date,
    supporters       integer     NOT NULL DEFAULT 0 CHECK (supporters >= 0),
    filed_on         date        NOT NULL,
    filed_at         timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT complaint_pkey PRIMARY KEY (id),
    CONSTRAINT complaint_number_key UNIQUE (number),
    CONSTRAINT complaint_nobody_joins_a_report CHECK (kind <> 'report' OR (NOT joinable AND supporters = 0))
);
CREATE INDEX complaint_of_resident ON complaint.complaint (resident_id, id DESC);
CREATE INDEX complaint_at_office ON complaint.complaint (city_code, office_level, area_code)
    WHERE state IN ('received', 'handling', 'in_review');
CREATE INDEX complaint_of_handler ON complaint.complaint (handler_id)
    WHERE state IN ('received', 'handling', 'in_review');
CREATE INDEX complaint_about ON complaint.complaint (subject_key, category, id DESC);
CREATE INDEX complaint_of_objection ON complaint.complaint (objection_id) WHERE objection_id IS NOT NULL;
CREATE INDEX complaint_about_thing ON complaint.complaint (subject_id, id DESC) WHERE subject_id IS NOT NULL;
GRANT SELECT, INSERT ON complaint.complaint TO anju_app;
GRANT UPDATE (resident_id, state, version, office_level, area_code, handler_id, transfer_by, bound, supervised, extended, reopened,
              review_round, review_by, reopen_by, final, answered_on, supporters, updated_at)
    ON complaint.complaint TO anju_app;

CREATE FUNCTION complaint.guard_move() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'received' THEN
            RAISE EXCEPTION 'a complaint begins as received'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_legal_move';
        END IF;
        RETURN NEW;
    END IF;
    IF platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM complaint.legal_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no complaint moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_legal_move';
    END IF;
    IF OLD.extended AND NOT NEW.extended AND NEW.state = OLD.state THEN
        RAISE EXCEPTION 'an extension that was given stays given'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_extension_stays';
    END IF;
    IF OLD.final AND NEW.state <> OLD.state AND NOT (OLD.state = 'answered' AND NEW.state = 'closed') THEN
        RAISE EXCEPTION 'what is final moves no more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_final';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER complaint_moves_legally
    BEFORE INSERT OR UPDATE ON complaint.complaint
    FOR EACH ROW EXECUTE FUNCTION complaint.guard_move();

-- Whom a report names: an office, a member of staff, or a name whose keyed fingerprint is compared with the names of
-- staff. Every staff query leaves out the reports whose rows here match whoever asks.
CREATE TABLE complaint.named (
    id           uuid        NOT NULL DEFAULT uuidv7(),
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    office_level text,
    area_code    text,
    staff_id     uuid        REFERENCES identity.staff,
    name_key     bytea,
    CONSTRAINT named_pkey PRIMARY KEY (id),
    CONSTRAINT named_is_somebody CHECK (num_nonnulls(office_level, staff_id, name_key) = 1
        AND (office_level IS NULL) = (area_code IS NULL)),
    CONSTRAINT named_once UNIQUE NULLS NOT DISTINCT (complaint_id, office_level, area_code, staff_id, name_key)
);
GRANT SELECT, INSERT ON complaint.named TO anju_app;
CREATE TRIGGER named_stays BEFORE UPDATE OR DELETE ON complaint.named
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER named_stay BEFORE TRUNCATE ON complaint.named
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- Offices that help.
CREATE TABLE complaint.joint_office (
    complaint_id uuid NOT NULL REFERENCES complaint.complaint,
    office_level text NOT NULL
        CHECK (office_level IN ('community', 'street', 'civil-affairs', 'district', 'city')),
    area_code    text NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    CONSTRAINT joint_office_pkey PRIMARY KEY (complaint_id, office_level, area_code)
);
CREATE INDEX joint_office_at ON complaint.joint_office (office_level, area_code);
GRANT SELECT, INSERT ON complaint.joint_office TO anju_app;

-- Offices that have had it: none of them gets it again but by intake's ruling.
CREATE TABLE complaint.holder (
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    office_level text        NOT NULL,
    area_code    text        NOT NULL,
    since        timestamptz NOT NULL,
    CONSTRAINT holder_pkey PRIMARY KEY (complaint_id, office_level, area_code)
);
GRANT SELECT, INSERT ON complaint.holder TO anju_app;

-- "Me too".
CREATE TABLE complaint.supporter (
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    resident_id  uuid        NOT NULL REFERENCES identity.resident,
    joined_at    timestamptz NOT NULL,
    CONSTRAINT supporter_pkey PRIMARY KEY (complaint_id, resident_id)
);
CREATE INDEX supporter_of ON complaint.supporter (resident_id);
GRANT SELECT, INSERT, UPDATE (resident_id) ON complaint.supporter TO anju_app;

-- The days, computed once by the policy when the stage began. One runs at a time; what ended keeps when.
CREATE TABLE complaint.clock (
    id            uuid NOT NULL,
    complaint_id  uuid NOT NULL REFERENCES complaint.complaint,
    stage         text NOT NULL CHECK (stage IN ('accept', 'handle', 'review')),
    started_on    date NOT NULL,
    due_on        date NOT NULL,
    warn_on       date NOT NULL,
    first_due_on  date NOT NULL,
    ended_on      date,
    outcome       text CHECK (outcome IN ('done', 'void')),
    warned_at     timestamptz,
    overdue_at    timestamptz,
    CONSTRAINT clock_pkey PRIMARY KEY (id),
    CONSTRAINT clock_order CHECK (started_on <= warn_on AND warn_on <= due_on AND first_due_on <= due_on),
    CONSTRAINT clock_end CHECK ((ended_on IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX clock_one_runs ON complaint.clock (complaint_id) WHERE ended_on IS NULL;
CREATE INDEX clock_of ON complaint.clock (complaint_id);
CREATE INDEX clock_to_warn ON complaint.clock (warn_on) WHERE ended_on IS NULL AND warned_at IS NULL;
CREATE INDEX clock_to_mark ON complaint.clock (due_on) WHERE ended_on IS NULL AND overdue_at IS NULL;
GRANT SELECT, INSERT, UPDATE (due_on, warn_on, ended_on, outcome, warned_at, overdue_at) ON complaint.clock TO anju_app;

-- Everything that happened, only ever added. What only offices may read is not told to whoever filed it.
CREATE TABLE complaint.event (
    id           uuid        NOT NULL,
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    seq          bigint      GENERATED ALWAYS AS IDENTITY,
    kind         text        NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
    at           timestamptz NOT NULL,
    actor        text        NOT NULL CHECK (actor IN ('resident', 'staff', 'system', 'anonymous')),
    staff_id     uuid        REFERENCES identity.staff,
    office       text        CHECK (length(office) <= 200),
    reason       text        CHECK (reason ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    content      bytea,
    inside       boolean     NOT NULL DEFAULT false,
    CONSTRAINT event_pkey PRIMARY KEY (id),
    CONSTRAINT event_of_nobody_but_staff CHECK ((actor = 'staff') = (staff_id IS NOT NULL))
);
CREATE INDEX event_of ON complaint.event (complaint_id, seq);
GRANT SELECT, INSERT ON complaint.event TO anju_app;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON complaint.event
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER events_stay BEFORE TRUNCATE ON complaint.event
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- Who looked at it and why; whoever filed it reads this.
CREATE TABLE complaint.view (
    id           uuid        NOT NULL,
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    at           timestamptz NOT NULL,
    staff_id     uuid        NOT NULL REFERENCES identity.staff,
    office       text        NOT NULL CHECK (length(office) <= 200),
    what         text        NOT NULL CHECK (what IN ('file', 'attachment', 'reporter')),
    reason       text        NOT NULL CHECK (length(reason) <= 200),
    CONSTRAINT view_pkey PRIMARY KEY (id)
);
CREATE INDEX view_of ON complaint.view (complaint_id, id DESC);
GRANT SELECT, INSERT ON complaint.view TO anju_app;
CREATE TRIGGER view_stays BEFORE UPDATE OR DELETE ON complaint.view
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER views_stay BEFORE TRUNCATE ON complaint.view
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- One rating for each answer.
CREATE TABLE complaint.rating (
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    answer_id    uuid        NOT NULL REFERENCES complaint.event,
    stars        integer     NOT NULL CHECK (stars BETWEEN 1 AND 5),
    content      bytea,
    rated_at     timestamptz NOT NULL,
    CONSTRAINT rating_once PRIMARY KEY (complaint_id, answer_id)
);
GRANT SELECT, INSERT ON complaint.rating TO anju_app;

CREATE TABLE complaint.attachment (
    id           uuid        NOT NULL,
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    media_type   text        NOT NULL CHECK (length(media_type) <= 60),
    size_bytes   bigint      NOT NULL CHECK (size_bytes > 0),
    sha256       text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    file_key     text        NOT NULL UNIQUE,
    uploaded_at  timestamptz NOT NULL,
    CONSTRAINT attachment_pkey PRIMARY KEY (id),
    CONSTRAINT attachment_once UNIQUE (complaint_id, sha256)
);
GRANT SELECT, INSERT ON complaint.attachment TO anju_app;

-- Bytes in the file store that no complaint names yet.
CREATE TABLE complaint.loose_file (
    file_key text        NOT NULL,
    since    timestamptz NOT NULL,
    CONSTRAINT loose_file_pkey PRIMARY KEY (file_key)
);
CREATE INDEX loose_file_since ON complaint.loose_file (since);
GRANT SELECT, INSERT, DELETE ON complaint.loose_file TO anju_app;
