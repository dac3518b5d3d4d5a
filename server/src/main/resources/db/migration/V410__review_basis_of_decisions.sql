-- A decision keeps the facts that it rests on and what the rules said of them, sealed, so that it can be asked again.
ALTER TABLE review.decision ADD COLUMN basis_sealed bytea;
-- decisions that were made before this have their facts in the submission alone
ALTER TABLE review.decision
    ADD CONSTRAINT decision_keeps_its_basis CHECK (basis_sealed IS NOT NULL) NOT VALID;
COMMENT ON COLUMN review.decision.basis_sealed IS
    'sealed: the facts, the day, the rules that refused and the score; with policy_digest it replays the decision';
