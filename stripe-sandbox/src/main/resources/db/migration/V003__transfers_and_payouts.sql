-- For the lists of transfers by destination and by source transaction, and of the balance transactions of automatic payouts.
CREATE INDEX stripe_object_by_destination ON stripe_object (kind, (body ->> 'destination')) WHERE body ->> 'destination' IS NOT NULL;
CREATE INDEX stripe_object_by_source_transaction ON stripe_object (kind, (body ->> 'source_transaction')) WHERE body ->> 'source_transaction' IS NOT NULL;
CREATE INDEX stripe_object_by_payout ON stripe_object ((inner_facts ->> 'payout')) WHERE inner_facts ->> 'payout' IS NOT NULL;
