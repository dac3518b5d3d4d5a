-- Papers and pictures that residents give as evidence (证据) for a request, and what was told of its day.
CREATE TABLE rights.attachment (
    id            uuid        NOT NULL,
    -- a request that concerned the account alone goes with the account, and its evidence with it
    correction_id uuid        NOT NULL REFERENCES rights.correction ON DELETE CASCADE,
    media_type    text        NOT NULL CHECK (length(media_type) <= 60),
    size_bytes    bigint      NOT NULL CHECK (size_bytes > 0),
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    file_key      text        NOT NULL UNIQUE,
    uploaded_at   timestamptz NOT NULL,
    CONSTRAINT attachment_pkey PRIMARY KEY (id),
    CONSTRAINT attachment_once UNIQUE (correction_id, sha256)
);
GRANT SELECT, INSERT ON rights.attachment TO anju_app;
CREATE TRIGGER attachment_stays BEFORE UPDATE ON rights.attachment
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

-- Bytes in the file store that no request names yet, or any more.
CREATE TABLE rights.loose_file (
    file_key text        NOT NULL,
    since    timestamptz NOT NULL,
    CONSTRAINT loose_file_pkey PRIMARY KEY (file_key)
);
CREATE INDEX loose_file_since ON rights.loose_file (since);
GRANT SELECT, INSERT, DELETE ON rights.loose_file TO anju_app;

ALTER TABLE rights.correction
    ADD COLUMN warned_at timestamptz,
    ADD COLUMN overdue_at timestamptz;
COMMENT ON COLUMN rights.correction.warned_at IS 'when it was said that the day is near';
COMMENT ON COLUMN rights.correction.overdue_at IS 'when it was said that the day is over';
GRANT UPDATE (warned_at, overdue_at) ON rights.correction TO anju_app;
CREATE INDEX correction_to_warn ON rights.correction (due_on) WHERE state = 'requested' AND warned_at IS NULL;
CREATE INDEX correction_late ON rights.correction (due_on) WHERE state = 'requested' AND overdue_at IS NULL;
CREATE INDEX correction_open ON rights.correction (due_on) WHERE state = 'requested';
CREATE INDEX correction_of_lease ON rights.correction (subject_id, id) WHERE state = 'upheld' AND subject = 'lease';
