-- Whoever was deleted at Stripe pays nothing any more; what they have paid and owe stays their organization's.
CREATE TABLE former_customer (
    stripe_customer_id text PRIMARY KEY,
    organization_id    uuid NOT NULL REFERENCES organization_customer (organization_id)
);
COMMENT ON TABLE former_customer IS 'customers of organizations who were deleted at Stripe: their invoices are told of later, too';
SELECT declare_columns('not personal', 'former_customer', 'stripe_customer_id');
