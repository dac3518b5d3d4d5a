-- Passwords that an administrator handed over: good for one log-in, in which another is chosen.
ALTER TABLE identity.staff
    ADD COLUMN one_time_until timestamptz,
    ADD COLUMN one_time_used  boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT staff_one_time_password CHECK (one_time_until IS NOT NULL OR NOT one_time_used);
CREATE INDEX staff_of_area ON identity.staff (city_code, id DESC);
