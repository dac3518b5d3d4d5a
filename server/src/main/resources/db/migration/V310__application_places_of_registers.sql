-- A household of a register that was taken over holds its members' places too. No application led to it: the claim then
-- names the registration in place of an application.
ALTER TABLE application.claim DROP CONSTRAINT claim_application_id_fkey;

-- What other domains may know of a person: that their place in a city is taken, and by what.
CREATE VIEW application.taken_place AS
    SELECT city_code, person_index, 'applied' AS kind
      FROM application.claim
     WHERE released_at IS NULL
    UNION ALL
    SELECT city_code, person_index, 'housed'
      FROM application.housed_person;
GRANT SELECT ON application.taken_place TO anju_app;
