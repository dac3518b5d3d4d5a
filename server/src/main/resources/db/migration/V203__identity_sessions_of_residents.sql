-- Residents see where they are logged in, and end it.
ALTER TABLE identity.session
    ADD COLUMN device text NOT NULL DEFAULT 'other'
        CHECK (device IN ('mini-program', 'android', 'harmony', 'ios', 'computer', 'other')),
    ADD COLUMN log_in_kind text CHECK (log_in_kind IN ('wechat', 'phone'));
COMMENT ON COLUMN identity.session.device IS 'a coarse class of the User-Agent; the text itself is not kept';
COMMENT ON COLUMN identity.session.log_in_kind IS 'for residents, since this column exists';

ALTER TABLE identity.session
    DROP CONSTRAINT session_end_reason_check,
    ADD CONSTRAINT session_end_reason_check CHECK (
        end_reason IN ('log-out', 'refresh-token-reused', 'disabled', 'ended-by-owner', 'merged', 'deleted'));
