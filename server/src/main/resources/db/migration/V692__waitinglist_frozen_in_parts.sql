-- Who is frozen is not offered homes, in a part of the list as on the whole of it: each page of a part says how many of those
-- before it are frozen, and which of its own. Orders from before have it with their next derivation.
ALTER TABLE waitinglist.standing_part
    ADD COLUMN frozen_before integer NOT NULL DEFAULT 0 CHECK (frozen_before >= 0),
    ADD COLUMN frozen        bytea CHECK (length(frozen) BETWEEN 1 AND 128);
COMMENT ON COLUMN waitinglist.standing_part.frozen IS
    'a bit for each rank of the page, the lowest of the first byte first; none where nobody on the page is frozen';

-- Until when a member of an imported household may not apply.
ALTER TABLE waitinglist.import_fault
    ADD COLUMN until date CHECK (until IS NULL OR code = 'barred');
