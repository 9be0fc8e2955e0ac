-- People who have asked to be erased. The account's id names nobody once its row is gone, so there is no reference to it:
-- what is kept here is the proof that the erasure was done.
CREATE TABLE erasure (
  id                uuid PRIMARY KEY,
  account_id        uuid NOT NULL,
  status            text NOT NULL CHECK (status IN ('waiting', 'called-off', 'running', 'receipt-signed', 'done')),
  requested_at      timestamptz NOT NULL,
  due_at            timestamptz NOT NULL,
  started_at        timestamptz,
  receipt           text,
  receipt_signed_at timestamptz,
  ended_at          timestamptz,
  CHECK ((started_at IS NOT NULL) = (status IN ('running', 'receipt-signed', 'done'))),
  CHECK ((receipt IS NOT NULL) = (status IN ('receipt-signed', 'done'))),
  CHECK ((receipt IS NOT NULL) = (receipt_signed_at IS NOT NULL)),
  CHECK ((ended_at IS NOT NULL) = (status IN ('called-off', 'done')))
);
COMMENT ON COLUMN erasure.receipt IS 'a JWS; it says what was kept, and no name or address';

-- One is under way for each account.
CREATE UNIQUE INDEX erasure_under_way ON erasure (account_id) WHERE ended_at IS NULL;
CREATE INDEX erasure_of_account ON erasure (account_id, requested_at);
CREATE INDEX erasure_waiting ON erasure (due_at) WHERE status = 'waiting';
CREATE INDEX erasure_running ON erasure (started_at) WHERE status = 'running';
CREATE INDEX erasure_receipt_signed ON erasure (receipt_signed_at) WHERE status = 'receipt-signed';

-- What each service has answered.
CREATE TABLE erasure_answer (
  erasure_id  uuid NOT NULL REFERENCES erasure,
  service     text NOT NULL,
  answered_at timestamptz NOT NULL,
  kept        jsonb NOT NULL,
  PRIMARY KEY (erasure_id, service)
);

-- Keys that a person has made end when the person asks. What is kept of them refers to the person by an id that names
-- nobody any more.
ALTER TABLE api_key
  DROP CONSTRAINT api_key_made_by_fkey,
  DROP CONSTRAINT api_key_end_cause_check,
  ADD CONSTRAINT api_key_end_cause_check
    CHECK (end_cause IN ('revoked', 'maker-lost-role', 'maker-leaves', 'expired'));
