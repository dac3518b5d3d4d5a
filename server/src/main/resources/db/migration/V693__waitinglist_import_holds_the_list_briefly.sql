-- The facts of a list are numbered without gaps, so whoever adds one holds the list until commit. An import adds a whole
-- city's: what needs no number goes before the numbers are taken, and everybody else waits for the rest alone.
ALTER TABLE waitinglist.imported_household
    ALTER CONSTRAINT imported_household_registration_id_fkey DEFERRABLE INITIALLY IMMEDIATE;

-- The rows of an import that nothing is wrong with, as the register will have them; their facts follow in the same
-- transaction, whose trigger finds them there.
CREATE FUNCTION waitinglist.register_ahead(of_import uuid, of_city text, of_programme text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
INSERT INTO waitinglist.register
       (registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on, state)
SELECT r.registration_id, of_city, of_programme, r.area_code, r.receipt_number, r.household_size, r.category,
       r.registered_on, 'waiting'
  FROM waitinglist.import_row r
 WHERE r.import_id = of_import
   AND NOT EXISTS (
       SELECT FROM waitinglist.import_fault f WHERE f.import_id = r.import_id AND f.row_number = r.row_number)
$$;
REVOKE ALL ON FUNCTION waitinglist.register_ahead(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waitinglist.register_ahead(uuid, text, text) TO anju_app;

CREATE OR REPLACE FUNCTION waitinglist.register_registrations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    INSERT INTO waitinglist.register
           (registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on, state)
    SELECT registration_id, city_code, programme, area_code, receipt_number, household_size, category, registered_on,
           'waiting'
      FROM added
    ON CONFLICT (registration_id) DO NOTHING;
    RETURN NULL;
END
$$;
