-- Taking over a register that was kept elsewhere: the file in sealed pieces, its rows as they would be entered, and what
-- is wrong with them. Pieces and rows are gone once the import has ended; its faults, which hold nothing personal, stay.
CREATE TABLE waitinglist.register_import (
    import_id     uuid        NOT NULL,
    city_code     text        NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme     text        NOT NULL,
    go_on         boolean     NOT NULL,
    size_bytes    bigint      NOT NULL CHECK (size_bytes >= 0),
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    policy_digest text        NOT NULL,
    requested_by  uuid,
    requested_at  timestamptz NOT NULL,
    state         text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'entered', 'refused', 'failed')),
    rows_read     integer     NOT NULL DEFAULT 0,
    faulty_rows   integer,
    entered       integer,
    finished_at   timestamptz,
    CONSTRAINT register_import_pkey PRIMARY KEY (import_id),
    CONSTRAINT register_import_finished_when_ended CHECK ((state = 'running') = (finished_at IS NULL))
);
CREATE UNIQUE INDEX register_import_once_per_file ON waitinglist.register_import (city_code, programme, sha256)
 WHERE state IN ('running', 'entered');
CREATE UNIQUE INDEX register_import_runs_alone ON waitinglist.register_import (city_code, programme)
 WHERE state = 'running';
GRANT SELECT, INSERT ON waitinglist.register_import TO anju_app;
GRANT UPDATE (state, rows_read, faulty_rows, entered, finished_at) ON waitinglist.register_import TO anju_app;

CREATE TABLE waitinglist.import_piece (
    import_id uuid    NOT NULL,
    number    integer NOT NULL CHECK (number >= 1),
    sealed    bytea   NOT NULL,
    CONSTRAINT import_piece_pkey PRIMARY KEY (import_id, number)
);
GRANT SELECT, INSERT, DELETE ON waitinglist.import_piece TO anju_app;

CREATE TABLE waitinglist.import_row (
    import_id        uuid        NOT NULL,
    row_number       integer     NOT NULL,
    registration_id  uuid        NOT NULL,
    source_number    text        NOT NULL,
    persons          bytea[]     NOT NULL,
    area_code        text        NOT NULL,
    receipt_number   text        NOT NULL,
    masked_name      text        NOT NULL,
    household_size   integer     NOT NULL,
    category         text        NOT NULL,
    applied_at       timestamptz NOT NULL,
    qualified_on     date        NOT NULL,
    registered_on    date        NOT NULL,
    facts_sealed     bytea       NOT NULL,
    household_sealed bytea       NOT NULL,
    CONSTRAINT import_row_pkey PRIMARY KEY (import_id, row_number)
);
GRANT SELECT, INSERT, DELETE ON waitinglist.import_row TO anju_app;

CREATE TABLE waitinglist.import_fault (
    import_id   uuid    NOT NULL,
    row_number  integer NOT NULL CHECK (row_number >= 0),
    column_name text    NOT NULL,
    code        text    NOT NULL,
    -- found by holding rows against each other and the register: looked for anew in each try
    is_cross    boolean NOT NULL,
    CONSTRAINT import_fault_pkey PRIMARY KEY (import_id, row_number, column_name, code)
);
GRANT SELECT, INSERT, DELETE ON waitinglist.import_fault TO anju_app;

-- Who a household of a register that was taken over is; it has no application that would know.
CREATE TABLE waitinglist.imported_household (
    registration_id  uuid  NOT NULL REFERENCES waitinglist.registration,
    import_id        uuid  NOT NULL REFERENCES waitinglist.register_import,
    city_code        text  NOT NULL,
    programme        text  NOT NULL,
    source_number    text  NOT NULL,
    household_sealed bytea NOT NULL,
    CONSTRAINT imported_household_pkey PRIMARY KEY (registration_id),
    CONSTRAINT imported_household_once UNIQUE (city_code, programme, source_number)
);
GRANT SELECT, INSERT ON waitinglist.imported_household TO anju_app;
CREATE TRIGGER imported_household_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON waitinglist.imported_household
    FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.refuse_change();
