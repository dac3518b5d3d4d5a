-- Staff look for households by points or by size of home on the register, newest first, some hundreds at a time. Numbers
-- that follow each other entered one after the other, so a band of them that holds nobody who is looked for is stepped over
-- without reading its rows. Derived with each order, and gone with it.
CREATE TABLE waitinglist.standing_band (
    standing_id        bigint   NOT NULL REFERENCES waitinglist.standing ON DELETE CASCADE,
    run                integer  NOT NULL CHECK (run >= 0),
    lowest             numeric  NOT NULL,
    highest            numeric  NOT NULL,
    rooms              smallint NOT NULL CHECK (rooms BETWEEN 0 AND 1023),
    first_registration uuid     NOT NULL,
    last_registration  uuid     NOT NULL,
    CONSTRAINT standing_band_pkey PRIMARY KEY (standing_id, run),
    CONSTRAINT standing_band_scores CHECK (lowest <= highest),
    CONSTRAINT standing_band_registrations CHECK (first_registration <= last_registration)
);
COMMENT ON COLUMN waitinglist.standing_band.run IS 'registrations with the numbers from 256 * run on, up to the next run';
COMMENT ON COLUMN waitinglist.standing_band.rooms IS
    'a bit for each size of home that somebody of the band is offered, 2 to the power of its rooms';
COMMENT ON COLUMN waitinglist.standing_band.first_registration IS
    'between this and last_registration lie all registrations of the run, also of those who have left: ids and numbers are given one after the other, but not at the same moment';
GRANT SELECT, INSERT, DELETE ON waitinglist.standing_band TO anju_app;

INSERT INTO waitinglist.standing_band (standing_id, run, lowest, highest, rooms, first_registration, last_registration)
SELECT band.standing_id, band.run, band.lowest, band.highest, band.rooms, ids.first_registration, ids.last_registration
  FROM (SELECT s.standing_id, s.city_code, s.programme, (p.number / 256)::integer AS run, min(p.score) AS lowest,
               max(p.score) AS highest, bit_or(CASE WHEN p.home_rooms IS NULL THEN 0 ELSE 1 << p.home_rooms END)::smallint AS rooms
          FROM waitinglist.standing s,
               LATERAL waitinglist.places(s.standing_id, 1, s.total) p
         GROUP BY s.standing_id, run) band,
       LATERAL (SELECT (array_agg(r.registration_id ORDER BY r.registration_id))[1] AS first_registration,
                       (array_agg(r.registration_id ORDER BY r.registration_id DESC))[1] AS last_registration
                  FROM waitinglist.registration r
                 WHERE r.city_code = band.city_code
                   AND r.programme = band.programme
                   AND r.sequence BETWEEN band.run * 256 AND band.run * 256 + 255) ids;

-- The range of a page's scores is in the bands now, and nobody reads whole orders for a filter.
DROP FUNCTION waitinglist.numbers(bigint, numeric, numeric, integer);
DROP INDEX waitinglist.standing_run_scores;
ALTER TABLE waitinglist.standing_run DROP COLUMN lowest, DROP COLUMN highest;
