-- All owners of an organization have tried a plan with it, and each once.
ALTER TABLE organization_owner ADD COLUMN owner_account_ids uuid[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN organization_owner.owner_account_ids IS 'all of them; empty: they were not told yet';
CREATE TABLE trial_owner (
    account_id      uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES trial_use (organization_id) ON DELETE CASCADE
);
COMMENT ON TABLE trial_owner IS 'who owned an organization when it began to try a plan';
INSERT INTO trial_owner (account_id, organization_id) SELECT owner_account_id, organization_id FROM trial_use;
CREATE INDEX trial_owner_of_organization ON trial_owner (organization_id);

-- Who has lost a plan that was not paid for has nothing for an unpaid month again until one was renewed.
ALTER TABLE subscription ADD COLUMN plan_lost boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN subscription.plan_lost IS 'a plan was lost that had not been paid for, and none was renewed since';

-- That Stripe plans no other attempt is believed at once after a decline for good alone.
ALTER TABLE invoice ADD COLUMN doubted_since timestamptz;
COMMENT ON COLUMN invoice.doubted_since IS 'since when Stripe plans no other attempt though one might succeed; null: it does, or that is believed, or told';

-- A month that is over is looked for by its end.
CREATE INDEX subscription_active ON subscription (period_ends_at) WHERE status = 'active';
