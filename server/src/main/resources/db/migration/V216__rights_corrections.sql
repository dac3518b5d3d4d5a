-- Requests of residents to put right what is held about them, and contacts that they changed themselves.
CREATE TABLE rights.correction_move (
    from_state text NOT NULL,
    to_state   text NOT NULL,
    CONSTRAINT correction_move_pkey PRIMARY KEY (from_state, to_state)
);
INSERT INTO rights.correction_move (from_state, to_state)
VALUES ('requested', 'upheld'),
       ('requested', 'refused'),
       ('requested', 'withdrawn');
GRANT SELECT ON rights.correction_move TO anju_app;

CREATE TABLE rights.correction (
    id           uuid        NOT NULL,
    resident_id  uuid        NOT NULL REFERENCES identity.resident,
    subject      text        NOT NULL CHECK (subject IN ('identity', 'contact', 'application', 'registration', 'lease')),
    subject_id   uuid,
    -- the application, or the registration of a household that was taken over: whose members must not decide
    household    uuid,
    city_code    text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    area_code    text        NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    masked_name  text        NOT NULL CHECK (length(masked_name) <= 60),
    by_proxy     text        CHECK (length(by_proxy) <= 60),
    content      bytea       NOT NULL,
    state        text        NOT NULL,
    requested_at timestamptz NOT NULL,
    due_on       date,
    decided_at   timestamptz,
    decided_by   uuid        REFERENCES identity.staff,
    office       text        CHECK (length(office) <= 200),
    decision     bytea,
    CONSTRAINT correction_pkey PRIMARY KEY (id),
    CONSTRAINT correction_names_its_subject CHECK ((subject = 'identity') = (subject_id IS NULL)),
    CONSTRAINT correction_has_a_day CHECK ((subject = 'contact') = (due_on IS NULL)),
    CONSTRAINT correction_over_as_a_whole CHECK ((state = 'requested') = (decided_at IS NULL)),
    -- whoever decides gives a reason; a contact and a withdrawal are the resident's own
    CONSTRAINT correction_decided_with_a_reason CHECK (
        num_nonnulls(decided_by, office, decision) IN (0, 3)
        AND (decided_by IS NOT NULL) = (state = 'refused' OR (state = 'upheld' AND subject <> 'contact')))
);
CREATE UNIQUE INDEX correction_open_once ON rights.correction (resident_id, subject, coalesce(subject_id, resident_id))
    WHERE state = 'requested';
CREATE INDEX correction_of_resident ON rights.correction (resident_id, id DESC);
CREATE INDEX correction_of_household ON rights.correction (household, id) WHERE state = 'upheld';
CREATE INDEX correction_at_office ON rights.correction (city_code, state, due_on, id);
COMMENT ON COLUMN rights.correction.content IS 'sealed: what is held, what is right, the reason and the evidence, or the new contact';
COMMENT ON COLUMN rights.correction.decision IS 'sealed: what was found, the article, the paper and the remedy';
GRANT SELECT, INSERT, DELETE ON rights.correction TO anju_app;
GRANT UPDATE (resident_id, state, decided_at, decided_by, office, decision) ON rights.correction TO anju_app;

CREATE FUNCTION rights.guard_correction() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' THEN
            RAISE EXCEPTION 'a correction begins as requested'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_legal_move';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.subject NOT IN ('identity', 'contact') THEN
            RAISE EXCEPTION 'a correction of a file stays with the file' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM rights.correction_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no correction moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_legal_move';
    END IF;
    IF OLD.state <> 'requested' AND (NEW.decision, NEW.decided_at, NEW.decided_by, NEW.office)
        IS DISTINCT FROM (OLD.decision, OLD.decided_at, OLD.decided_by, OLD.office) THEN
        RAISE EXCEPTION 'a decision on a correction stays as it was told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_decision_stays';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER correction_moves_legally
    BEFORE INSERT OR UPDATE OR DELETE ON rights.correction
    FOR EACH ROW EXECUTE FUNCTION rights.guard_correction();
CREATE TRIGGER corrections_stay BEFORE TRUNCATE ON rights.correction
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- Who opened a request and why; the resident reads this.
CREATE TABLE rights.correction_view (
    id            uuid        NOT NULL,
    correction_id uuid        NOT NULL REFERENCES rights.correction ON DELETE CASCADE,
    at            timestamptz NOT NULL,
    staff_id      uuid        NOT NULL REFERENCES identity.staff,
    office        text        NOT NULL CHECK (length(office) <= 200),
    reason        text        NOT NULL CHECK (length(reason) <= 200),
    CONSTRAINT correction_view_pkey PRIMARY KEY (id)
);
CREATE INDEX correction_view_of ON rights.correction_view (correction_id, id DESC);
GRANT SELECT, INSERT ON rights.correction_view TO anju_app;
CREATE TRIGGER correction_view_stays BEFORE UPDATE ON rights.correction_view
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
