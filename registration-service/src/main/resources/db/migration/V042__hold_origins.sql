-- From where places are held that had to be paid; for a day. Together the accounts of one network
-- could hold the last places of an event again and again, each within its own limits.
CREATE TABLE hold_origin (
    registration_id uuid PRIMARY KEY,
    event_id        uuid NOT NULL,
    network         bytea NOT NULL CHECK (length(network) = 32),
    held_at         timestamptz NOT NULL,
    paid            boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN hold_origin.network IS 'SHA-256 of the event and the network: it shows which holds of an event belong together, and is not compared across events';
-- What is not paid is counted at each further hold; what is paid only where much is not.
CREATE INDEX hold_origin_of_network ON hold_origin (event_id, network) WHERE NOT paid;
CREATE INDEX hold_origin_paid ON hold_origin (event_id, network) WHERE paid;
CREATE INDEX hold_origin_old ON hold_origin (held_at);
SELECT declare_columns('personal: no export, passing', 'hold_origin', 'network');
