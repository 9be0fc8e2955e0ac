-- Organizations that are closed, or about to be: while one is being closed nothing of it goes on sale.
CREATE TABLE closed_organization (
    organization_id uuid PRIMARY KEY,
    closing_until   timestamptz NOT NULL,
    closed_at       timestamptz
);
COMMENT ON COLUMN closed_organization.closing_until IS 'until then accounts-service may close it; after that it goes on, unless it is closed';
