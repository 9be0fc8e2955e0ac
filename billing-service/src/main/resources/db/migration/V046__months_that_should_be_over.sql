-- A plan whose month should be over is asked about, too: its next month may have been told of in vain.
ALTER TABLE subscription
    DROP CONSTRAINT subscription_check2,
    ADD CONSTRAINT subscription_next_check CHECK (
        CASE status WHEN 'free' THEN next_check_at IS NULL
                    WHEN 'active' THEN true
                    ELSE next_check_at IS NOT NULL END);
UPDATE subscription SET next_check_at = period_ends_at + interval '6 hours' WHERE status = 'active';

-- What a preview has shown is had for the price of that moment, or not at all.
ALTER TABLE plan_change_preview ADD COLUMN price_minor bigint;
COMMENT ON COLUMN plan_change_preview.price_minor IS 'of a month of the plan; null: it was shown before this was kept';
