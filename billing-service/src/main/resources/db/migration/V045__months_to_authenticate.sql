-- What a bank wants authenticated of a month is shown with the plan, as that of a change of plan is.
ALTER TABLE invoice ADD COLUMN authentication_url text;
COMMENT ON COLUMN invoice.authentication_url IS 'Stripe''s page on which whoever has the card authenticates its payment; null when no bank asks for that';
SELECT declare_columns('not personal', 'invoice', 'authentication_url');
