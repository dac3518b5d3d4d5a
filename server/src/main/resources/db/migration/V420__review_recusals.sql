-- Who will not work on whose case. Declarations are only ever added.
CREATE TABLE review.recusal (
    id                 uuid        NOT NULL,
    staff_id           uuid        NOT NULL,
    person_index       bytea       CHECK (length(person_index) = 32),
    sealed_national_id bytea,
    application_id     uuid REFERENCES application.application,
    ground             text        NOT NULL CHECK (
        ground IN ('spouse', 'parent', 'child', 'sibling', 'in-law', 'other-relative', 'other-interest')),
    declared_at        timestamptz NOT NULL,
    CONSTRAINT recusal_pkey PRIMARY KEY (id),
    CONSTRAINT recusal_from_a_person_or_a_case CHECK (num_nonnulls(person_index, application_id) = 1),
    CONSTRAINT recusal_person_is_whole CHECK ((person_index IS NULL) = (sealed_national_id IS NULL)),
    CONSTRAINT recusal_declared_once UNIQUE NULLS NOT DISTINCT (staff_id, person_index, application_id)
);
COMMENT ON COLUMN review.recusal.sealed_national_id IS 'shown masked to the one who declared it';
GRANT SELECT, INSERT ON review.recusal TO anju_app;

CREATE TRIGGER recusal_stays BEFORE UPDATE OR DELETE ON review.recusal
    FOR EACH ROW EXECUTE FUNCTION review.refuse_edit();
CREATE TRIGGER recusals_stay BEFORE TRUNCATE ON review.recusal
    FOR EACH STATEMENT EXECUTE FUNCTION review.refuse_edit();
