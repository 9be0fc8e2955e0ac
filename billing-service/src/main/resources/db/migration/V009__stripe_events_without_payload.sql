-- Nothing reads what Stripe wrote about people: the object is fetched. What is over is deleted after a while.
ALTER TABLE stripe_event DROP COLUMN payload;

CREATE INDEX stripe_event_over ON stripe_event (finished_at) WHERE state IN ('APPLIED', 'IGNORED');
