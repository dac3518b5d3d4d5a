-- Publicity: masked lists, and the objections to them.
CREATE SCHEMA publicity;
GRANT USAGE ON SCHEMA publicity TO anju_app;

-- The last line of defence against a list that shows what it must not: a full national ID, a mobile number, a bank
-- number. Wide characters are folded first. Stricter than the program, which knows check digits: here every run of 15
-- digits is refused (15 are an ID of before 1999).
CREATE FUNCTION publicity.shows_identifier(shown text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN normalize(shown, NFKC) ~ '[0-9]{15}|(^|[^0-9])(86)?1[3-9][0-9]{9}([^0-9]|$)';
GRANT EXECUTE ON FUNCTION publicity.shows_identifier(text) TO anju_app;

-- Applications that wait for their office's next notice.
CREATE TABLE publicity.waiting (
    application_id uuid        NOT NULL REFERENCES application.application,
    city_code      text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    office_level   text        NOT NULL
        CHECK (office_level IN ('community', 'street', 'civil-affairs', 'district', 'city')),
    area_code      text        NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    programme      text        NOT NULL CHECK (length(programme) <= 40),
    step_id        text        NOT NULL CHECK (length(step_id) <= 60),
    step_name_zh   text        NOT NULL CHECK (length(step_name_zh) <= 60),
    step_name_en   text        NOT NULL CHECK (length(step_name_en) <= 60),
    days           integer     NOT NULL CHECK (days BETWEEN 1 AND 365),
    entered_at     timestamptz NOT NULL,
    CONSTRAINT waiting_pkey PRIMARY KEY (application_id)
);
CREATE INDEX waiting_at_office
    ON publicity.waiting (city_code, office_level, area_code, programme, step_id, entered_at, application_id);
GRANT SELECT, INSERT, DELETE ON publicity.waiting TO anju_app;

CREATE TABLE publicity.notice (
    id           uuid        NOT NULL,
    city_code    text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    programme    text        NOT NULL CHECK (length(programme) <= 40),
    step_id      text        NOT NULL CHECK (length(step_id) <= 60),
    step_name_zh text        NOT NULL CHECK (length(step_name_zh) <= 60),
    step_name_en text        NOT NULL CHECK (length(step_name_en) <= 60),
    office_level text        NOT NULL,
    area_code    text        NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    office_name  text        NOT NULL CHECK (length(office_name) <= 100),
    opened_by    uuid        NOT NULL,
    starts_on    date        NOT NULL,
    ends_on      date        NOT NULL,
    closes_at    timestamptz NOT NULL,
    line_count   integer     NOT NULL CHECK (line_count BETWEEN 1 AND 1000),
    settled_at   timestamptz,
    version      bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    CONSTRAINT notice_pkey PRIMARY KEY (id),
    CONSTRAINT notice_lasts CHECK (ends_on > starts_on),
    CONSTRAINT notice_closes_after_its_last_day
        CHECK (closes_at = (ends_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'),
    CONSTRAINT notice_shows_no_identifier CHECK (NOT publicity.shows_identifier(office_name))
);
COMMENT ON COLUMN publicity.notice.closes_at IS 'open until this instant, closed from it on: nothing has to run for that';
COMMENT ON COLUMN publicity.notice.settled_at IS 'when every line without an open objection had moved on';
CREATE INDEX notice_of_city ON publicity.notice (city_code, id DESC);
GRANT SELECT, INSERT ON publicity.notice TO anju_app;
GRANT UPDATE (settled_at, version) ON publicity.notice TO anju_app;

CREATE TABLE publicity.line (
    notice_id      uuid        NOT NULL REFERENCES publicity.notice,
    application_id uuid        NOT NULL REFERENCES application.application,
    receipt_number text        NOT NULL CHECK (length(receipt_number) <= 24),
    masked_name    text        NOT NULL CHECK (length(masked_name) <= 60),
    household_size integer     NOT NULL CHECK (household_size > 0),
    district_code  text        NOT NULL CHECK (district_code ~ '^\d{6}$'),
    district_zh    text        NOT NULL CHECK (length(district_zh) <= 60),
    district_en    text        NOT NULL CHECK (length(district_en) <= 60),
    category       text        NOT NULL CHECK (length(category) <= 60),
    score          text        CHECK (score ~ '^\d{1,6}(\.\d{1,6})?$'),
    outcome        text        CHECK (outcome IN ('passed', 'refused', 'withdrawn')),
    settled_at     timestamptz,
    CONSTRAINT line_pkey PRIMARY KEY (notice_id, application_id),
    CONSTRAINT one_line_per_receipt_number UNIQUE (notice_id, receipt_number),
    CONSTRAINT line_settled_at_known CHECK ((settled_at IS NOT NULL) = (outcome IS NOT NULL)),
    CONSTRAINT line_name_is_masked CHECK (masked_name LIKE '%*%'),
    CONSTRAINT line_shows_no_identifier CHECK (
        NOT publicity.shows_identifier(receipt_number)
        AND NOT publicity.shows_identifier(masked_name)
        AND NOT publicity.shows_identifier(district_zh)
        AND NOT publicity.shows_identifier(district_en)
        AND NOT publicity.shows_identifier(category))
);
-- An application is on at most one notice at a time, however many officers publish at once.
CREATE UNIQUE INDEX one_unsettled_line_per_application ON publicity.line (application_id) WHERE outcome IS NULL;
CREATE INDEX line_unsettled ON publicity.line (notice_id, application_id) WHERE outcome IS NULL;
GRANT SELECT, INSERT ON publicity.line TO anju_app;
GRANT UPDATE (outcome, settled_at) ON publicity.line TO anju_app;

CREATE TABLE publicity.objection (
    id             uuid        NOT NULL,
    notice_id      uuid        NOT NULL,
    application_id uuid        NOT NULL,
    tracking_index bytea       NOT NULL CHECK (length(tracking_index) = 32),
    content        bytea       NOT NULL,
    state          text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'upheld', 'dismissed')),
    answer         bytea,
    received_at    timestamptz NOT NULL,
    decided_at     timestamptz,
    decided_by     uuid,
    CONSTRAINT objection_pkey PRIMARY KEY (id),
    CONSTRAINT objection_to_a_line FOREIGN KEY (notice_id, application_id) REFERENCES publicity.line,
    CONSTRAINT one_objection_per_tracking_number UNIQUE (tracking_index),
    CONSTRAINT objection_decision_is_whole CHECK (
        num_nulls(answer, decided_at, decided_by) = CASE state WHEN 'open' THEN 3 ELSE 0 END)
);
COMMENT ON COLUMN publicity.objection.content IS 'sealed: reason and contact; who objected is nobody''s business but the office''s';
COMMENT ON COLUMN publicity.objection.tracking_index IS 'keyed fingerprint of the tracking number, which is not kept';
CREATE INDEX objection_to_notice ON publicity.objection (notice_id, id);
CREATE INDEX objection_undecided ON publicity.objection (notice_id, application_id) WHERE state = 'open';
GRANT SELECT, INSERT ON publicity.objection TO anju_app;
GRANT UPDATE (state, answer, decided_at, decided_by) ON publicity.objection TO anju_app;

CREATE FUNCTION publicity.guard_objection() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'an objection is decided once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_decided_once';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER objection_is_decided_once BEFORE UPDATE ON publicity.objection
    FOR EACH ROW EXECUTE FUNCTION publicity.guard_objection();
