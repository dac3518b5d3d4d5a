-- A timeline shows who acted for the household.
ALTER TABLE application.event ADD COLUMN by_proxy text CHECK (length(by_proxy) <= 60);
COMMENT ON COLUMN application.event.by_proxy IS 'masked name of the proxy; none where the resident acted';
