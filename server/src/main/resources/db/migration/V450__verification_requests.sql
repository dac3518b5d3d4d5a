-- Joint verification: one request per task, agency and fact; answers are only ever added, the latest counts.
CREATE SCHEMA verification;
GRANT USAGE ON SCHEMA verification TO anju_app;

CREATE TABLE verification.request (
    id             uuid        NOT NULL DEFAULT uuidv7(),
    task_id        uuid        NOT NULL,
    application_id uuid        NOT NULL REFERENCES application.application,
    city_code      text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    agency         text        NOT NULL CHECK (length(agency) <= 60),
    fact           text        NOT NULL CHECK (length(fact) <= 60),
    required       boolean     NOT NULL,
    position       integer     NOT NULL CHECK (position >= 0),
    answers        integer     NOT NULL DEFAULT 0 CHECK (answers >= 0),
    requested_at   timestamptz NOT NULL,
    closed_at      timestamptz,
    CONSTRAINT request_pkey PRIMARY KEY (id),
    CONSTRAINT one_request_per_fact UNIQUE (task_id, agency, fact)
);
COMMENT ON COLUMN verification.request.position IS 'the order in the policy document';
COMMENT ON COLUMN verification.request.answers IS 'how many answers there are; the number of the one that counts';

CREATE INDEX request_waiting_at_agency ON verification.request (city_code, agency, id)
    WHERE closed_at IS NULL AND answers = 0;

GRANT SELECT, INSERT ON verification.request TO anju_app;
GRANT UPDATE (answers, closed_at) ON verification.request TO anju_app;

CREATE TABLE verification.answer (
    id          uuid        NOT NULL,
    request_id  uuid        NOT NULL REFERENCES verification.request,
    number      integer     NOT NULL CHECK (number > 0),
    result      text        NOT NULL CHECK (result IN ('confirmed', 'contradicted', 'not-found')),
    overridden  boolean     NOT NULL,
    as_of       date        NOT NULL,
    content     bytea       NOT NULL,
    source      text        NOT NULL CHECK (source IN ('staff', 'agency')),
    answered_by uuid        NOT NULL,
    answered_at timestamptz NOT NULL,
    CONSTRAINT answer_pkey PRIMARY KEY (id),
    CONSTRAINT one_answer_per_number UNIQUE (request_id, number),
    CONSTRAINT only_staff_override CHECK (NOT overridden OR (source = 'staff' AND result <> 'confirmed'))
);
COMMENT ON COLUMN verification.answer.content IS
    'sealed: evidence number, stated value (income, assets) and the reason of an override';

GRANT SELECT, INSERT ON verification.answer TO anju_app;

CREATE FUNCTION verification.refuse_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER answer_stays BEFORE UPDATE OR DELETE ON verification.answer
    FOR EACH ROW EXECUTE FUNCTION verification.refuse_edit();
CREATE TRIGGER answers_stay BEFORE TRUNCATE ON verification.answer
    FOR EACH STATEMENT EXECUTE FUNCTION verification.refuse_edit();
