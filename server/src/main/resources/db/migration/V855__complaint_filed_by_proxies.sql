-- The account of who filed it for the resident. A proxy follows what they filed, and nothing that the resident filed:
-- that may be about the proxy. No proxy files a report.
ALTER TABLE complaint.complaint
    ADD COLUMN filed_by uuid,
    ADD CONSTRAINT complaint_no_report_by_a_proxy CHECK (kind <> 'report' OR filed_by IS NULL);
