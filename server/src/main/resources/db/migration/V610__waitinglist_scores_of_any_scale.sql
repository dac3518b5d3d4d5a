-- A document says how many decimals its scores have; a line keeps them all.
ALTER TABLE waitinglist.standing_line ALTER COLUMN score TYPE numeric;

-- whether a resident qualified before is asked at every registration
CREATE INDEX registration_resident ON waitinglist.registration (resident_id);
