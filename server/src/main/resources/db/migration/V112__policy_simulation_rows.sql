-- Rows of a trial are written and deleted by the million, always through the trial that they belong to: checking each
-- against it took longer than sorting them all.
ALTER TABLE policy.simulation_case DROP CONSTRAINT simulation_case_simulation_id_fkey;
ALTER TABLE policy.simulation_rank DROP CONSTRAINT simulation_rank_simulation_id_fkey;
