CREATE INDEX stripe_object_by_invoice ON stripe_object (kind, (body ->> 'invoice')) WHERE body ->> 'invoice' IS NOT NULL;
CREATE INDEX stripe_object_by_subscription ON stripe_object (kind, (inner_facts ->> 'subscription')) WHERE inner_facts ->> 'subscription' IS NOT NULL;
CREATE INDEX stripe_object_of_payment_intent ON stripe_object (kind, (inner_facts ->> 'payment_intent')) WHERE inner_facts ->> 'payment_intent' IS NOT NULL;
