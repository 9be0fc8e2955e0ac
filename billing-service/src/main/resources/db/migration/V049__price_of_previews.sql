-- What a preview has shown is had for the price of that moment, or not at all.
ALTER TABLE plan_change_preview ADD COLUMN IF NOT EXISTS price_minor bigint;
COMMENT ON COLUMN plan_change_preview.price_minor IS 'of a month of the plan; null: it was shown before this was kept';
