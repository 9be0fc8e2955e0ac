-- The address that a buyer's customer has at Stripe follows that of the account; one that Stripe does not take is none.
ALTER TABLE stripe_customer ADD COLUMN refused_email text;
COMMENT ON COLUMN stripe_customer.refused_email IS 'the address that Stripe has refused last: it is sent no more';
SELECT declare_columns('personal: no export, erase', 'stripe_customer', 'refused_email');
COMMENT ON TABLE stripe_customer IS 'a buyer as Stripe knows them; the e-mail is the one that Stripe has, or is about to have';

-- What is sent again under one key has to say the same, whatever the address is by then.
ALTER TABLE refund_attempt ADD COLUMN instructions_email text;
COMMENT ON COLUMN refund_attempt.instructions_email IS 'where Stripe asks the buyer for a destination, as it was sent first';
SELECT declare_columns('personal: export, erase', 'refund_attempt', 'instructions_email');
UPDATE refund_attempt attempt SET instructions_email = customer.email
FROM refund JOIN payment ON payment.id = refund.payment_id
JOIN stripe_customer customer ON customer.account_id = payment.account_id
WHERE refund.id = attempt.refund_id AND attempt.sent_at IS NOT NULL AND attempt.stripe_refund_id IS NULL;

-- What people type about a break of somebody's payment may name them: it is here, and no more in the audit log.
COMMENT ON COLUMN break_resolution.reason IS NULL;
COMMENT ON COLUMN break_resolution.comment IS 'why it was rejected';
SELECT declare_columns('personal: no export, erase', 'break_resolution', 'reason', 'comment');
