-- Every run changes how far a lease is billed: with room on its page, and in no index, it is changed in place.
DROP INDEX rent.account_due;
CREATE INDEX account_of_programme ON rent.account (city_code, programme, lease_id);
ALTER TABLE rent.account SET (fillfactor = 50);
