-- What a customer's credit has paid of an invoice no card is charged.
ALTER TABLE invoice ADD COLUMN remaining_minor bigint;
COMMENT ON COLUMN invoice.remaining_minor IS 'what is still to be paid; null: it was told before this was kept';
