-- What a change of plan would cost, as Stripe has said; the change takes the same second.
CREATE TABLE plan_change_preview (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    from_plan_id    text NOT NULL REFERENCES plan (id),
    plan_id         text NOT NULL REFERENCES plan (id),
    currency        char(3) NOT NULL,
    proration_date  timestamptz NOT NULL,
    due_minor       bigint NOT NULL,
    effective_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);
CREATE INDEX plan_change_preview_to_forget ON plan_change_preview (expires_at);

CREATE TABLE plan_change (
    id                     uuid PRIMARY KEY,
    organization_id        uuid NOT NULL,
    kind                   text NOT NULL CHECK (kind IN ('purchase', 'upgrade', 'downgrade')),
    status                 text NOT NULL
        CHECK (status IN ('requested', 'awaiting-authentication', 'scheduled', 'call-off-requested',
                          'applied', 'failed', 'expired', 'called-off')),
    from_plan_id           text NOT NULL REFERENCES plan (id),
    plan_id                text NOT NULL REFERENCES plan (id),
    currency               char(3) NOT NULL,
    proration_date         timestamptz NOT NULL,
    effective_at           timestamptz NOT NULL,
    ends_trial             boolean NOT NULL,
    attempt                integer NOT NULL,
    stripe_subscription_id text,
    authentication_url     text,
    decline_code           text,
    checks                 integer NOT NULL DEFAULT 0,
    next_check_at          timestamptz,
    requested_at           timestamptz NOT NULL,
    changed_at             timestamptz NOT NULL,
    CHECK ((next_check_at IS NULL) = (status IN ('applied', 'failed', 'expired', 'called-off'))),
    CHECK (kind = 'purchase' OR stripe_subscription_id IS NOT NULL)
);
COMMENT ON COLUMN plan_change.attempt IS 'part of the idempotency keys under which Stripe is asked for it';
COMMENT ON COLUMN plan_change.proration_date IS 'the second from which on the new price counts';
COMMENT ON COLUMN plan_change.effective_at IS 'when the other plan begins';
COMMENT ON COLUMN plan_change.next_check_at IS 'when Stripe is asked again';

-- Of two changes at once one is refused.
CREATE UNIQUE INDEX plan_change_live ON plan_change (organization_id)
    WHERE status IN ('requested', 'awaiting-authentication', 'scheduled', 'call-off-requested');
CREATE INDEX plan_change_to_check ON plan_change (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX plan_change_unfinished ON plan_change (status, changed_at)
    WHERE status IN ('requested', 'awaiting-authentication', 'call-off-requested');
CREATE INDEX plan_change_scheduled ON plan_change (effective_at) WHERE status = 'scheduled';

ALTER TABLE settlement DROP CONSTRAINT settlement_kind_check;
ALTER TABLE settlement ADD CONSTRAINT settlement_kind_check
    CHECK (kind IN ('checkout', 'payment-intent', 'charge', 'refund', 'dispute', 'subscription',
                    'plan-change'));
