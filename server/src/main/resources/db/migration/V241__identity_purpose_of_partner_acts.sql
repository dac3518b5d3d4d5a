-- What an agency's program may use the data for stands beside everything that it does: whoever reads the audit sees for
-- which agreed purpose a fact was asked for or answered. The database fills it in, so that no act can go without.
ALTER TABLE platform.audit ADD COLUMN purpose text CHECK (length(purpose) BETWEEN 1 AND 200);
COMMENT ON COLUMN platform.audit.purpose IS 'what was agreed with the agency when its program acted';

CREATE FUNCTION identity.stamp_purpose() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    NEW.purpose := (SELECT purpose FROM identity.partner WHERE id = NEW.actor_id);
    RETURN NEW;
END
$$;

CREATE TRIGGER purpose_of_partner_acts
    BEFORE INSERT ON platform.audit
    FOR EACH ROW WHEN (NEW.actor_kind = 'partner')
    EXECUTE FUNCTION identity.stamp_purpose();
