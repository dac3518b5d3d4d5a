-- Two accounts of one person, one of them bound to nobody, become one.
ALTER TABLE identity.resident
    ADD COLUMN merged_into uuid REFERENCES identity.resident,
    ADD COLUMN merged_at timestamptz,
    ADD CONSTRAINT resident_merged_whole_or_not_at_all CHECK ((merged_into IS NULL) = (merged_at IS NULL)),
    ADD CONSTRAINT resident_of_a_person_is_never_merged CHECK (merged_into IS NULL OR person_index IS NULL);

-- A way to log in moves to another account and does not change otherwise.
GRANT UPDATE (resident_id) ON identity.log_in_method TO anju_app;
