-- Stripe also lists transactions that move nothing: they are kept, and there is nothing to post.
ALTER TABLE balance_transaction ALTER COLUMN journal_id DROP NOT NULL;
ALTER TABLE balance_transaction
    ADD CONSTRAINT balance_transaction_posted CHECK (journal_id IS NOT NULL OR (net_minor = 0 AND fee_minor = 0));
