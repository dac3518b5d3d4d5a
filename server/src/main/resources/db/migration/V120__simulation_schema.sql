-- Trials are a room of their own, beside the rules that they try.
CREATE SCHEMA simulation;
GRANT USAGE ON SCHEMA simulation TO anju_app;

ALTER TABLE policy.simulation SET SCHEMA simulation;
ALTER TABLE policy.simulation_case SET SCHEMA simulation;
ALTER TABLE policy.simulation_rank SET SCHEMA simulation;
