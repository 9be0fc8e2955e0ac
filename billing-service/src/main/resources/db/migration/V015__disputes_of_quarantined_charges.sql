-- What banks take back of charges that no payment wanted. It is nobody's case: it decides how much of the charge still
-- goes back by itself.
CREATE TABLE charge_dispute (
    stripe_dispute_id text PRIMARY KEY,
    stripe_charge_id  text NOT NULL REFERENCES stripe_charge (id),
    taken_minor       bigint NOT NULL CHECK (taken_minor >= 0),
    in_other_currency boolean NOT NULL,
    movements         integer NOT NULL,
    undecided         boolean NOT NULL
);
COMMENT ON COLUMN charge_dispute.taken_minor IS 'what has been withdrawn and not been reinstated, in the charge''s currency';
COMMENT ON COLUMN charge_dispute.in_other_currency IS 'whether it has taken money in another currency than the charge''s: then taken_minor is 0';
COMMENT ON COLUMN charge_dispute.movements IS 'how many balance transactions Stripe had told of: fewer are older';
COMMENT ON COLUMN charge_dispute.undecided IS 'whether the bank has money and has not decided: nothing of the charge can be refunded';

CREATE INDEX charge_dispute_of_charge ON charge_dispute (stripe_charge_id);

-- Breaks about whose money a bank is deciding, so that nobody can do anything: those of a charge that no payment
-- wanted, of what its dispute has moved, and of what a dispute takes beyond its payment.
CREATE VIEW undecided_break AS
SELECT ledger_break.id FROM ledger_break JOIN charge_dispute ON stripe_charge_id = stripe_id
WHERE undecided
UNION ALL
SELECT ledger_break.id
FROM ledger_break
JOIN balance_transaction ON balance_transaction.id = stripe_id
JOIN charge_dispute ON stripe_dispute_id = source
WHERE undecided
UNION ALL
SELECT ledger_break.id FROM ledger_break JOIN dispute ON stripe_dispute_id = stripe_id
WHERE status IN ('inquiry', 'open');
