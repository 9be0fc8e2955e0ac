-- Lists are in the order of creation; one index serves them and the ranges of "created".
DROP INDEX stripe_object_list;
DROP INDEX stripe_object_created;
CREATE INDEX stripe_object_list ON stripe_object (account, kind, created, position);
COMMENT ON COLUMN stripe_object.position IS 'the order within a second';

-- Objects, events among them, are written at the end of their transaction, after its deliveries.
ALTER TABLE webhook_delivery ALTER CONSTRAINT webhook_delivery_event_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- Most objects are larger than the 2 kB from which PostgreSQL compresses and stores them elsewhere, and nearly none than a page.
ALTER TABLE stripe_object SET (toast_tuple_target = 8160);
