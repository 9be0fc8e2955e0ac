-- What a plan costs a month and allows within a period; null: no limit. Amounts are in Stripe's minor unit.
ALTER TABLE plan
    ADD COLUMN position          integer NOT NULL DEFAULT 0,
    ADD COLUMN max_publications  integer CHECK (max_publications >= 0),
    ADD COLUMN max_registrations integer CHECK (max_registrations >= 0);

UPDATE plan SET position = 1, max_publications = 2, max_registrations = 50 WHERE id = 'free';
UPDATE plan SET position = 2, max_publications = 10, max_registrations = 500 WHERE id = 'starter';
UPDATE plan SET position = 3, max_registrations = 5000 WHERE id = 'professional';

ALTER TABLE plan ALTER COLUMN position DROP DEFAULT;
ALTER TABLE plan ADD CONSTRAINT plan_position UNIQUE (position);

CREATE TABLE plan_price (
    plan_id        text NOT NULL REFERENCES plan (id),
    currency       char(3) NOT NULL,
    amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
    stripe_attempt integer NOT NULL DEFAULT 1,
    PRIMARY KEY (plan_id, currency)
);
COMMENT ON TABLE plan_price IS 'Stripe''s price of it is found by a lookup key that contains the amount: another amount is another price, and who subscribed before keeps the one before';
COMMENT ON COLUMN plan_price.stripe_attempt IS 'part of the idempotency key under which Stripe is asked to make the price';

INSERT INTO plan_price (plan_id, currency, amount_minor)
VALUES ('starter', 'CAD', 2900), ('starter', 'USD', 2900), ('starter', 'EUR', 2900), ('starter', 'GBP', 2900),
       ('starter', 'AUD', 2900), ('starter', 'JPY', 2900), ('starter', 'KWD', 8700),
       ('professional', 'CAD', 9900), ('professional', 'USD', 9900), ('professional', 'EUR', 9900),
       ('professional', 'GBP', 9900), ('professional', 'AUD', 9900), ('professional', 'JPY', 9900),
       ('professional', 'KWD', 29700);

-- Who owns an organization, as accounts-service has told.
CREATE TABLE organization_owner (
    organization_id  uuid PRIMARY KEY,
    version          bigint NOT NULL,
    owner_account_id uuid NOT NULL
);

-- The plan of an organization: one row for each, also on Free.
CREATE TABLE subscription (
    organization_id        uuid PRIMARY KEY,
    status                 text NOT NULL CHECK (status IN ('free', 'trial-requested', 'trialing', 'active')),
    plan_id                text NOT NULL REFERENCES plan (id),
    version                bigint NOT NULL,
    currency               char(3) NOT NULL,
    trial_plan_id          text REFERENCES plan (id),
    trial_started_at       timestamptz,
    trial_ends_at          timestamptz,
    trial_attempt          integer NOT NULL DEFAULT 1,
    stripe_subscription_id text UNIQUE,
    next_notice_at         timestamptz,
    checks                 integer NOT NULL DEFAULT 0,
    next_check_at          timestamptz,
    created_at             timestamptz NOT NULL,
    changed_at             timestamptz NOT NULL,
    CHECK ((trial_plan_id IS NULL) = (trial_ends_at IS NULL)),
    CHECK (status <> 'trialing' OR stripe_subscription_id IS NOT NULL),
    CHECK ((next_check_at IS NULL) = (status IN ('free', 'active')))
);
COMMENT ON COLUMN subscription.plan_id IS 'what the organization is entitled to';
COMMENT ON COLUMN subscription.version IS 'of the entitlements that were told';
COMMENT ON COLUMN subscription.trial_attempt IS 'part of the idempotency key under which Stripe is asked to begin the trial';
COMMENT ON COLUMN subscription.next_notice_at IS 'when people are told next that the trial ends; null: not any more';
COMMENT ON COLUMN subscription.next_check_at IS 'when Stripe is asked again';

CREATE INDEX subscription_to_check ON subscription (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX subscription_to_notify ON subscription (next_notice_at) WHERE next_notice_at IS NOT NULL;
CREATE INDEX subscription_requested ON subscription (changed_at) WHERE status = 'trial-requested';
CREATE INDEX subscription_trialing ON subscription (trial_ends_at) WHERE status = 'trialing';

-- A plan is tried once by an organization, and once by an owner, whatever becomes of the organization.
CREATE TABLE trial_use (
    organization_id  uuid PRIMARY KEY,
    owner_account_id uuid NOT NULL UNIQUE,
    used_at          timestamptz NOT NULL
);

ALTER TABLE settlement DROP CONSTRAINT settlement_kind_check;
ALTER TABLE settlement ADD CONSTRAINT settlement_kind_check
    CHECK (kind IN ('checkout', 'payment-intent', 'charge', 'refund', 'dispute', 'subscription'));
