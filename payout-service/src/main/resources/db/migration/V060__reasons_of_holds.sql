-- Why payouts were held and released is kept here, and not in the audit log, which nothing can take it out of: people
-- are named in it.
CREATE TABLE payout_hold_note (
  id         uuid PRIMARY KEY,
  payout_id  uuid NOT NULL REFERENCES payout (id),
  kind       text NOT NULL CHECK (kind IN ('held', 'released')),
  reason     text NOT NULL,
  written_by uuid,
  written_at timestamptz NOT NULL
);

CREATE INDEX payout_hold_note_payout ON payout_hold_note (payout_id, written_at);

SELECT declare_columns('not personal', 'payout_hold_note', 'kind');
SELECT declare_columns('personal: no export, erase', 'payout_hold_note', 'reason');
COMMENT ON COLUMN payout.hold_reason IS 'why nothing of it is sent to Stripe until it is released; null when it is not held';
SELECT declare_columns('personal: no export, erase', 'payout', 'hold_reason');
