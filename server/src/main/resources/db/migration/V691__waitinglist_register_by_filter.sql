-- The register as staff leaf through it: one row for each registration with what it is by its newest facts, so that every
-- filter has an index in the order of the pages. It holds nothing that the facts do not say, and is written by their
-- triggers alone, in the transaction that adds them: whoever adds a fact, this follows.
CREATE TABLE waitinglist.register (
    registration_id uuid    NOT NULL,
    city_code       text    NOT NULL,
    programme       text    NOT NULL,
    area_code       text    NOT NULL,
    receipt_number  text    COLLATE "C" NOT NULL,
    household_size  integer NOT NULL,
    category        text    NOT NULL,
    registered_on   date    NOT NULL,
    state           text    NOT NULL CHECK (state IN ('waiting', 'frozen', 'exited')),
    exit_type       text,
    CONSTRAINT register_pkey PRIMARY KEY (registration_id),
    CONSTRAINT register_exited_for_a_reason CHECK ((state = 'exited') = (exit_type IS NOT NULL))
);
GRANT SELECT ON waitinglist.register TO anju_app;

INSERT INTO waitinglist.register
SELECT registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on,
       CASE WHEN exit_type IS NOT NULL THEN 'exited' WHEN freeze_type IS NOT NULL THEN 'frozen' ELSE 'waiting' END,
       exit_type
  FROM waitinglist.household;

CREATE INDEX register_city ON waitinglist.register (city_code, registration_id DESC);
CREATE INDEX register_district ON waitinglist.register (left(area_code, 6), registration_id DESC);
CREATE INDEX register_street ON waitinglist.register (left(area_code, 9), registration_id DESC);
CREATE INDEX register_community ON waitinglist.register (area_code, registration_id DESC);
CREATE INDEX register_category ON waitinglist.register (city_code, category, registration_id DESC);
CREATE INDEX register_size ON waitinglist.register (city_code, household_size, registration_id DESC);
CREATE INDEX register_day ON waitinglist.register (city_code, registered_on, registration_id DESC);
CREATE INDEX register_receipt ON waitinglist.register (receipt_number);
-- few are frozen, and those who have left are asked for by their reason
CREATE INDEX register_frozen ON waitinglist.register (city_code, registration_id DESC) WHERE state = 'frozen';
CREATE INDEX register_exited ON waitinglist.register (city_code, registration_id DESC) WHERE state = 'exited';
CREATE INDEX register_exit_type ON waitinglist.register (city_code, exit_type, registration_id DESC) WHERE exit_type IS NOT NULL;
-- the area of the newest facts was not in it, and nothing else was
DROP INDEX waitinglist.registration_area;

-- They run as their owner: the application's role may add facts, and cannot touch the register by any other way.
CREATE FUNCTION waitinglist.register_registrations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    INSERT INTO waitinglist.register
           (registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on, state)
    SELECT registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on,
           'waiting'
      FROM added;
    RETURN NULL;
END
$$;

CREATE FUNCTION waitinglist.register_inputs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    UPDATE waitinglist.register
       SET area_code = newest.area_code, household_size = newest.household_size, category = newest.category
      FROM (SELECT DISTINCT ON (registration_id) registration_id, area_code, household_size, category
              FROM added
             ORDER BY registration_id, sequence DESC) newest
     WHERE register.registration_id = newest.registration_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION waitinglist.register_freezes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    UPDATE waitinglist.register
       SET state = CASE WHEN newest.freeze_type IS NULL THEN 'waiting' ELSE 'frozen' END
      FROM (SELECT DISTINCT ON (registration_id) registration_id, freeze_type
              FROM added
             ORDER BY registration_id, sequence DESC) newest
     WHERE register.registration_id = newest.registration_id AND register.state <> 'exited';
    RETURN NULL;
END
$$;

CREATE FUNCTION waitinglist.register_exits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    UPDATE waitinglist.register
       SET state = 'exited', exit_type = added.exit_type
      FROM added
     WHERE register.registration_id = added.registration_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER registration_on_register AFTER INSERT ON waitinglist.registration
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.register_registrations();
CREATE TRIGGER inputs_on_register AFTER INSERT ON waitinglist.inputs
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.register_inputs();
CREATE TRIGGER freeze_on_register AFTER INSERT ON waitinglist.freeze
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.register_freezes();
CREATE TRIGGER exit_on_register AFTER INSERT ON waitinglist.exit
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION waitinglist.register_exits();

-- Between which scores a page of places lies: households of a range of points are looked for on few pages.
ALTER TABLE waitinglist.standing_run
    ADD COLUMN lowest  numeric,
    ADD COLUMN highest numeric;
UPDATE waitinglist.standing_run r
   SET lowest = of_page.lowest, highest = of_page.highest
  FROM (SELECT one.standing_id, one.run, min(p.score) AS lowest, max(p.score) AS highest
          FROM waitinglist.standing_run one,
               LATERAL generate_series(1, length(one.content) / one.width) n,
               LATERAL waitinglist.read_place(n, substr(one.content, (n - 1) * one.width + 1, one.width)) p
         GROUP BY one.standing_id, one.run) of_page
 WHERE of_page.standing_id = r.standing_id AND of_page.run = r.run;
ALTER TABLE waitinglist.standing_run
    ALTER COLUMN lowest SET NOT NULL,
    ALTER COLUMN highest SET NOT NULL;
CREATE INDEX standing_run_scores ON waitinglist.standing_run (standing_id, highest, lowest);

-- Numbers of the households of a generation that have so many points and are offered homes of so many rooms; nothing is
-- narrowed by what is absent.
CREATE FUNCTION waitinglist.numbers(of_standing bigint, score_from numeric, score_to numeric, rooms integer)
    RETURNS SETOF bigint
    LANGUAGE sql STABLE AS
$$
SELECT substr(r.content, n * r.width + 1, 8)::bigint
  FROM waitinglist.standing_run r, LATERAL generate_series(0, length(r.content) / r.width - 1) n
 WHERE r.standing_id = of_standing
   AND r.highest >= coalesce(score_from, '-infinity')
   AND r.lowest <= coalesce(score_to, 'infinity')
   AND (rooms IS NULL OR get_byte(r.content, n * r.width + 58) = rooms)
   AND (num_nulls(score_from, score_to) = 2
        OR substr(r.content, n * r.width + 9, 8)::bigint / power(10::numeric, get_byte(r.content, n * r.width + 60))
           BETWEEN coalesce(score_from, '-infinity') AND coalesce(score_to, 'infinity'))
$$;
