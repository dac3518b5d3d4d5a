-- Lists of one city, the newest first.
CREATE INDEX run_of_city ON rent.run (city_code, run_id DESC);
CREATE INDEX write_off_of_city ON rent.write_off (city_code, write_off_id DESC);
