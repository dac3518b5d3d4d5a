-- A publication is read in runs of 1024 rows: by downloads, which send all of them, and by proofs, whose path begins in one.
-- So it is kept in runs, which takes a city of a million households a tenth of the time to write.
CREATE TABLE publication.run (
    publication_id uuid    NOT NULL,
    run            integer NOT NULL CHECK (run >= 0),
    content        bytea   NOT NULL,
    salts          bytea   NOT NULL,
    CONSTRAINT run_pkey PRIMARY KEY (publication_id, run),
    CONSTRAINT run_salts_are_long CHECK (length(salts) % 32 = 0 AND length(salts) BETWEEN 32 AND 32768),
    -- the last line of defence: a masked name has one character that takes more than a byte, a whole name has more
    CONSTRAINT published_run_shows_no_names CHECK (
        length(content) - length(convert_from(content, 'UTF8')) <= length(salts) / 32 * 3)
);
-- most of it is hashes
ALTER TABLE publication.run ALTER COLUMN content SET STORAGE EXTERNAL, ALTER COLUMN salts SET STORAGE EXTERNAL;
COMMENT ON COLUMN publication.run.content IS
    'texts of the rows (rank - 1) / 1024 = run, in UTF-8, a line feed between two: each is what a leaf of the tree holds';
COMMENT ON COLUMN publication.run.salts IS 'of 32 bytes each, in the order of the rows';
GRANT SELECT, INSERT ON publication.run TO anju_app;

-- Ranks by the numbers of registrations, four bytes each and 1024 to a row; 0 where the household is not in it.
CREATE TABLE publication.place (
    publication_id uuid    NOT NULL,
    run            integer NOT NULL CHECK (run >= 0),
    ranks          bytea   NOT NULL CHECK (length(ranks) % 4 = 0 AND length(ranks) BETWEEN 4 AND 4096),
    CONSTRAINT place_pkey PRIMARY KEY (publication_id, run)
);
ALTER TABLE publication.place ALTER COLUMN ranks SET STORAGE PLAIN;
GRANT SELECT, INSERT ON publication.place TO anju_app;

INSERT INTO publication.run (publication_id, run, content, salts)
SELECT publication_id, (rank - 1) / 1024, convert_to(string_agg(content, E'\n' ORDER BY rank), 'UTF8'),
       string_agg(salt, ''::bytea ORDER BY rank)
  FROM publication.line
 GROUP BY publication_id, (rank - 1) / 1024;

WITH known AS (
    SELECT line.publication_id, entry.number, line.rank
      FROM publication.line
      JOIN waitinglist.entry USING (registration_id))
INSERT INTO publication.place (publication_id, run, ranks)
SELECT p.publication_id, n / 1024, string_agg(int4send(coalesce(known.rank, 0)), ''::bytea ORDER BY n)
  FROM (SELECT publication_id, max(number) AS last FROM known GROUP BY publication_id) p
 CROSS JOIN LATERAL generate_series(0, p.last) n
  LEFT JOIN known ON known.publication_id = p.publication_id AND known.number = n
 GROUP BY p.publication_id, n / 1024;

DROP TABLE publication.line;

CREATE TRIGGER run_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication.run
    FOR EACH STATEMENT EXECUTE FUNCTION publication.refuse_change();
CREATE TRIGGER place_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication.place
    FOR EACH STATEMENT EXECUTE FUNCTION publication.refuse_change();
