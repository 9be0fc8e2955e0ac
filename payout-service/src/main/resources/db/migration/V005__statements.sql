-- Which entries each payout pays, so that its statement can list them.
ALTER TABLE entry ADD COLUMN platform_fee_minor bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN entry.platform_fee_minor IS 'what the platform earned by the same journal, negative: gave back; 0 when it was not told';

ALTER TABLE payout ADD COLUMN carried_over_minor bigint;
-- What payouts paid before they kept their entries cannot be told any more.
UPDATE payout SET carried_over_minor = amount_minor;
ALTER TABLE payout ALTER COLUMN carried_over_minor SET NOT NULL;
COMMENT ON COLUMN payout.carried_over_minor IS 'what earlier payouts had left, or had paid too much (negative): with its entries the amount and what it leaves';

ALTER TABLE payout ADD COLUMN kept_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE payout ALTER COLUMN kept_minor DROP DEFAULT;
COMMENT ON COLUMN payout.kept_minor IS 'what it leaves of its entries and of what was carried over: never computed from the amount, so that whoever explains the amount can check it';

CREATE TABLE payout_entry (
  payout_id uuid NOT NULL REFERENCES payout DEFERRABLE INITIALLY DEFERRED,
  entry_id  uuid NOT NULL REFERENCES entry,
  PRIMARY KEY (payout_id, entry_id)
);
COMMENT ON TABLE payout_entry IS 'an entry belongs to at most one payout that has not failed and was not cancelled';

CREATE INDEX payout_entry_of_entry ON payout_entry (entry_id);

REVOKE UPDATE, DELETE, TRUNCATE ON payout_entry FROM ${runtimeRole};

-- What a payout pays of each event stays released when the event is moved later.
CREATE TABLE payout_event (
  payout_id    uuid NOT NULL REFERENCES payout DEFERRABLE INITIALLY DEFERRED,
  event_id     uuid NOT NULL,
  amount_minor bigint NOT NULL,
  PRIMARY KEY (payout_id, event_id)
);
COMMENT ON TABLE payout_event IS 'the sums of payout_entry by event';

REVOKE UPDATE, DELETE, TRUNCATE ON payout_event FROM ${runtimeRole};

DROP INDEX entry_of_payout;
