-- Receipts of erasures that are mailed. When the mail is settled accounts-service is told, which then removes the address.
CREATE TABLE erasure_receipt (
  erasure_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  queued_at  timestamptz NOT NULL,
  told_at    timestamptz
);
CREATE INDEX erasure_receipt_untold ON erasure_receipt (queued_at) WHERE told_at IS NULL;
