-- Reports without a name. What comes in during a day waits in a box and is handed over on the next day, in an order drawn by
-- lot: the place of a row in its table, its transaction and its sequence number would otherwise tell to the second when
-- it came, and so who was online then.

-- The whole box is written anew whenever something comes, again in an order drawn by lot, so that rows tell at most when
-- the last one came. Nothing here has a time but the day.
CREATE TABLE complaint.box (
    id          uuid  NOT NULL,
    kind        text  NOT NULL CHECK (kind IN ('report', 'words', 'file')),
    lookup      text  NOT NULL CHECK (lookup ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
    secret_hash text,
    day         date  NOT NULL,
    digest      bytea NOT NULL CHECK (length(digest) = 32),
    content     bytea NOT NULL,
    CONSTRAINT box_pkey PRIMARY KEY (id),
    CONSTRAINT box_reports_have_a_secret CHECK ((kind = 'report') = (secret_hash IS NOT NULL))
);
CREATE UNIQUE INDEX box_one_report ON complaint.box (lookup) WHERE kind = 'report';
CREATE INDEX box_of ON complaint.box (lookup);
GRANT SELECT, INSERT, DELETE ON complaint.box TO anju_app;

-- By what a report that was handed over is found again: the first part of its code is looked up, of the second part there
-- is only a slow hash.
CREATE TABLE complaint.tracking (
    lookup       text NOT NULL,
    secret_hash  text NOT NULL,
    complaint_id uuid NOT NULL REFERENCES complaint.complaint,
    CONSTRAINT tracking_pkey PRIMARY KEY (lookup),
    CONSTRAINT tracking_once UNIQUE (complaint_id)
);
GRANT SELECT, INSERT ON complaint.tracking TO anju_app;

-- What was handed over, so that a repeated request is recognised: its answer is computed again, never kept.
CREATE TABLE complaint.handed_over (
    id     uuid  NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    day    date  NOT NULL,
    CONSTRAINT handed_over_pkey PRIMARY KEY (id)
);
GRANT SELECT, INSERT ON complaint.handed_over TO anju_app;

-- How often what was done this hour, and from where: one sealed row, so that it shows neither how many there were nor when
-- each one came.
CREATE TABLE complaint.allowance (
    id     uuid  NOT NULL,
    counts bytea NOT NULL,
    CONSTRAINT allowance_pkey PRIMARY KEY (id)
);
GRANT SELECT, INSERT, UPDATE ON complaint.allowance TO anju_app;

-- Of reports the bytes of a file are brought to one of a few sizes before they are sealed, and its digest is a keyed one.
ALTER TABLE complaint.attachment ADD COLUMN padded boolean NOT NULL DEFAULT false;
