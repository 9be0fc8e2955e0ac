-- Factors that a thief has added are used by the thief: their use calls off no removal of which the operator says so.
ALTER TABLE factor_removal ADD COLUMN despite_use boolean NOT NULL DEFAULT false;
