-- A rate that was to hold on ends where the estate's next one begins; nothing else of it ever changes.
CREATE FUNCTION lease.only_end_rate() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF upper_inf(OLD.days) AND NOT upper_inf(NEW.days) AND lower(NEW.days) = lower(OLD.days)
        AND (NEW.estate_id, NEW.project_standard_fen, NEW.market_rent_fen)
            IS NOT DISTINCT FROM (OLD.estate_id, OLD.project_standard_fen, OLD.market_rent_fen) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

DROP TRIGGER estate_rate_stays ON lease.estate_rate;
CREATE TRIGGER estate_rate_stays BEFORE DELETE OR TRUNCATE ON lease.estate_rate
    FOR EACH STATEMENT EXECUTE FUNCTION lease.refuse_change();
CREATE TRIGGER estate_rate_only_ends BEFORE UPDATE ON lease.estate_rate
    FOR EACH ROW EXECUTE FUNCTION lease.only_end_rate();
GRANT UPDATE (days) ON lease.estate_rate TO anju_app;
