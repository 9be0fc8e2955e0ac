-- Nothing is bought for an organization that is closed. Of those that were closed before this nobody knows here: none has members.
ALTER TABLE organization_owner ADD COLUMN closed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN organization_owner.closed IS 'nobody belongs to it any more: no plan of it begins or goes on';
COMMENT ON TABLE trial_owner IS 'who owned an organization when it began to try a plan, or came to own it meanwhile';

-- Whoever has had a larger plan and a smaller one after it is looked for.
CREATE INDEX plan_change_applied ON plan_change (organization_id, changed_at) WHERE status = 'applied';
