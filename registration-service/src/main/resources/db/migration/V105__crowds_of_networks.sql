-- Of a /48 of IPv6 anybody has 256 networks for nothing: what many accounts of one leave unpaid is bound, too.
-- Null: an IPv4 address, or noted by the release before.
ALTER TABLE hold_origin ADD COLUMN allotment bytea;
ALTER TABLE hold_origin ADD CONSTRAINT hold_origin_allotment CHECK (length(allotment) = 32) NOT VALID;
ALTER TABLE hold_origin VALIDATE CONSTRAINT hold_origin_allotment;
CREATE INDEX hold_origin_of_allotment ON hold_origin (event_id, allotment) WHERE allotment IS NOT NULL;
SELECT declare_columns('personal: no export, passing', 'hold_origin', 'allotment');

-- Who waits for places is offered them for hours. Accounts that let offers go, one after the other, would keep places
-- from everybody; who did so is served after all others.
ALTER TABLE waitlist_entry ADD COLUMN network bytea;
COMMENT ON COLUMN waitlist_entry.network IS 'SHA-256 of the event and the network; kept while somebody waits, and for a week after an offer';
ALTER TABLE waitlist_entry ADD CONSTRAINT waitlist_entry_network CHECK (length(network) = 32) NOT VALID;
ALTER TABLE waitlist_entry VALIDATE CONSTRAINT waitlist_entry_network;
-- Whether it was put behind all others: once, so that where an organizer moves it to afterwards it stays.
ALTER TABLE waitlist_entry ADD COLUMN put_behind boolean NOT NULL DEFAULT false;
CREATE INDEX waitlist_entry_of_network ON waitlist_entry (event_id, network) WHERE network IS NOT NULL;
CREATE INDEX waitlist_entry_network_old ON waitlist_entry (offer_expires_at)
    WHERE network IS NOT NULL AND status NOT IN ('waiting', 'offered');
SELECT declare_columns('personal: no export, passing', 'waitlist_entry', 'network');
