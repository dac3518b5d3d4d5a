-- An order of a million households is written anew every day. As a row for each household it costs a city five indexes of a
-- million entries; as pages of fixed-size records in the order itself, it costs a few bytes for each, and a place is found
-- by counting: the number of a registration says where its rank is, the rank where its record is.
--
-- Orders are derived: those of before are left, the next look derives anew, and what moves a household is counted from then.
DROP VIEW waitinglist.listed;
DROP TABLE waitinglist.standing_line;
TRUNCATE waitinglist.standing;

-- Places from the front, 32 to a row, which fits a block: none is moved out of line or compressed. Pages are only reached
-- through their generation and cleared with it.
CREATE TABLE waitinglist.standing_run (
    standing_id bigint   NOT NULL,
    run         integer  NOT NULL CHECK (run >= 0),
    width       smallint NOT NULL CHECK (width >= 64),
    content     bytea    NOT NULL CHECK (length(content) > 0 AND length(content) % width = 0 AND length(content) <= 32 * width),
    CONSTRAINT standing_run_pkey PRIMARY KEY (standing_id, run)
);
ALTER TABLE waitinglist.standing_run ALTER COLUMN content SET STORAGE PLAIN;
COMMENT ON COLUMN waitinglist.standing_run.content IS
    'places (rank - 1) / 32 = run one after the other, each of width bytes; waitinglist.places reads them';
GRANT SELECT, INSERT, DELETE ON waitinglist.standing_run TO anju_app;

-- Ranks, four bytes each and 1024 to a row: of every registration by its number (0 where it is not on the list), and of the
-- households of a part of the list by their places in it.
CREATE TABLE waitinglist.standing_part (
    standing_id bigint  NOT NULL,
    part        text    NOT NULL CHECK (part IN ('number', 'district', 'home', 'class')),
    key         integer NOT NULL,
    run         integer NOT NULL CHECK (run >= 0),
    ranks       bytea   NOT NULL CHECK (length(ranks) % 4 = 0 AND length(ranks) BETWEEN 4 AND 4096),
    CONSTRAINT standing_part_pkey PRIMARY KEY (standing_id, part, key, run)
);
ALTER TABLE waitinglist.standing_part ALTER COLUMN ranks SET STORAGE PLAIN;
COMMENT ON COLUMN waitinglist.standing_part.key IS
    'code of the district, rooms of the home, or place of the class (0 for households of none); 0 for numbers';
GRANT SELECT, INSERT, DELETE ON waitinglist.standing_part TO anju_app;

-- One place. Changed together with io.anju.waitinglist.PlacePage, which writes them.
CREATE FUNCTION waitinglist.read_place(of_rank integer, place bytea)
    RETURNS TABLE (rank integer, number bigint, score numeric, inputs bigint, deferred bigint, district_code text,
                   district_rank integer, ahead integer, since date, home_rank integer, class_rank integer,
                   priority integer, home_rooms integer, frozen boolean, moved bytea)
    LANGUAGE sql IMMUTABLE AS
$$
SELECT of_rank,
       substr(place, 1, 8)::bigint,
       round(substr(place, 9, 8)::bigint / power(10::numeric, get_byte(place, 60)), get_byte(place, 60)),
       nullif(substr(place, 17, 8)::bigint, 0),
       nullif(substr(place, 25, 8)::bigint, 0),
       substr(place, 33, 4)::integer::text,
       substr(place, 37, 4)::integer,
       substr(place, 41, 4)::integer,
       date '1970-01-01' + nullif(substr(place, 45, 4)::integer, 2147483647),
       nullif(substr(place, 49, 4)::integer, 0),
       nullif(substr(place, 53, 4)::integer, 0),
       substr(place, 57, 2)::smallint::integer,
       nullif(get_byte(place, 58), 0),
       get_byte(place, 59) = 1,
       substr(place, 65)
$$;

-- The places of a generation between two ranks.
CREATE FUNCTION waitinglist.places(of_standing bigint, first_rank bigint, last_rank bigint)
    RETURNS TABLE (rank integer, number bigint, score numeric, inputs bigint, deferred bigint, district_code text,
                   district_rank integer, ahead integer, since date, home_rank integer, class_rank integer,
                   priority integer, home_rooms integer, frozen boolean, moved bytea)
    LANGUAGE sql STABLE AS
$$
SELECT p.*
  FROM waitinglist.standing_run r,
       LATERAL generate_series(greatest(first_rank - r.run * 32, 1), least(last_rank - r.run * 32, length(r.content) / r.width)) n,
       LATERAL waitinglist.read_place(r.run * 32 + n::integer, substr(r.content, (n::integer - 1) * r.width + 1, r.width)) p
 WHERE r.standing_id = of_standing AND r.run BETWEEN (first_rank - 1) / 32 AND (last_rank - 1) / 32
$$;

-- The place of a rank.
CREATE FUNCTION waitinglist.place_at(of_standing bigint, of_rank integer)
    RETURNS TABLE (rank integer, number bigint, score numeric, inputs bigint, deferred bigint, district_code text,
                   district_rank integer, ahead integer, since date, home_rank integer, class_rank integer,
                   priority integer, home_rooms integer, frozen boolean, moved bytea)
    LANGUAGE sql STABLE AS
$$
SELECT p.*
  FROM waitinglist.standing_run r,
       LATERAL waitinglist.read_place(of_rank, substr(r.content, (of_rank - 1) % 32 * r.width + 1, r.width)) p
 WHERE r.standing_id = of_standing AND r.run = (of_rank - 1) / 32
$$;

-- The place of the registration with this number, if it has one.
CREATE FUNCTION waitinglist.place(of_standing bigint, of_number bigint)
    RETURNS TABLE (rank integer, number bigint, score numeric, inputs bigint, deferred bigint, district_code text,
                   district_rank integer, ahead integer, since date, home_rank integer, class_rank integer,
                   priority integer, home_rooms integer, frozen boolean, moved bytea)
    LANGUAGE sql STABLE AS
$$
SELECT p.*
  FROM (SELECT substr(part.ranks, (of_number % 1024)::integer * 4 + 1, 4) AS rank
          FROM waitinglist.standing_part part
         WHERE part.standing_id = of_standing
           AND part.part = 'number'
           AND part.key = 0
           AND part.run = (of_number / 1024)::integer
        OFFSET 0) found,
       LATERAL waitinglist.place_at(of_standing, found.rank::integer) p
 WHERE length(found.rank) = 4 AND found.rank <> '\x00000000'
$$;

-- The places of a part of the list between two places in it.
CREATE FUNCTION waitinglist.part_places(of_standing bigint, of_part text, of_key integer, first_place bigint, last_place bigint)
    RETURNS TABLE (rank integer, number bigint, score numeric, inputs bigint, deferred bigint, district_code text,
                   district_rank integer, ahead integer, since date, home_rank integer, class_rank integer,
                   priority integer, home_rooms integer, frozen boolean, moved bytea)
    LANGUAGE sql STABLE AS
$$
SELECT p.*
  FROM waitinglist.standing_part s,
       LATERAL generate_series(greatest(first_place - s.run * 1024, 1), least(last_place - s.run * 1024, length(s.ranks) / 4)) n,
       LATERAL (SELECT *
                  FROM waitinglist.place_at(of_standing, substr(s.ranks, (n::integer - 1) * 4 + 1, 4)::integer)
                 LIMIT 1) p
 WHERE s.standing_id = of_standing
   AND s.part = of_part
   AND s.key = of_key
   AND s.run BETWEEN (first_place - 1) / 1024 AND (last_place - 1) / 1024
$$;

-- What a derivation knows of the households on a list without opening their facts again. It follows from the facts: where
-- it is missing, or was made under other rules, it is made anew.
CREATE TABLE waitinglist.roll (
    city_code     text   NOT NULL,
    programme     text   NOT NULL,
    version       bigint NOT NULL CHECK (version >= 0),
    policy_digest text   NOT NULL,
    CONSTRAINT roll_pkey PRIMARY KEY (city_code, programme),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list
);
COMMENT ON COLUMN waitinglist.roll.version IS 'number of the last fact that went in';
GRANT SELECT, INSERT, UPDATE, DELETE ON waitinglist.roll TO anju_app;

-- Sixteen numbers to a page, so that few are written again where few households have changed.
CREATE TABLE waitinglist.roll_page (
    city_code text    NOT NULL,
    programme text    NOT NULL,
    page      integer NOT NULL CHECK (page >= 0),
    sealed    bytea   NOT NULL,
    CONSTRAINT roll_page_pkey PRIMARY KEY (city_code, programme, page)
);
ALTER TABLE waitinglist.roll_page ALTER COLUMN sealed SET STORAGE PLAIN;
COMMENT ON COLUMN waitinglist.roll_page.sealed IS
    'scores as they run with the days tell birthdays, so they are sealed like the facts that they follow from';
GRANT SELECT, INSERT, UPDATE, DELETE ON waitinglist.roll_page TO anju_app;

-- What others may read of registrations and of newer facts about them: what is published of them.
CREATE VIEW waitinglist.entry AS
    SELECT city_code, programme, sequence AS number, registration_id, application_id, receipt_number, masked_name,
           household_size, category, applied_at, registered_at
      FROM waitinglist.registration;
GRANT SELECT ON waitinglist.entry TO anju_app;

CREATE VIEW waitinglist.newer_entry AS
    SELECT city_code, programme, sequence AS inputs, household_size, category
      FROM waitinglist.inputs;
GRANT SELECT ON waitinglist.newer_entry TO anju_app;
