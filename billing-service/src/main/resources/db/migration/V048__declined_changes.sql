-- How often cards were declined lately for changes of an organization's plan.
CREATE INDEX plan_change_declined ON plan_change (organization_id, changed_at) WHERE decline_code IS NOT NULL;
