-- A card that is chosen again after another one, and declined again, is told again.
ALTER TABLE declined_replacement
    ADD COLUMN attempt int NOT NULL DEFAULT 0,
    DROP CONSTRAINT declined_replacement_pkey,
    ADD PRIMARY KEY (stripe_invoice_id, payment_method_id, attempt);
ALTER TABLE declined_replacement ALTER COLUMN attempt DROP DEFAULT;
COMMENT ON COLUMN declined_replacement.attempt IS 'that of the invoice with another card; 0: it was told when a card was told once for an invoice';
COMMENT ON TABLE declined_replacement IS 'which cards were declined in place of another one, each attempt told once';
