-- What buyers get or got back for which ticket by refunds and by disputes that were lost, as billing-service tells. A
-- refund that was called off and a dispute that was won have no rows.
CREATE TABLE ticket_refund (
    -- Of the refund, or of the dispute.
    refund_id        uuid NOT NULL,
    ticket_id        uuid NOT NULL REFERENCES ticket,
    -- Whether it is for the ticket's cancellation; otherwise less is left for one.
    for_cancellation boolean NOT NULL,
    amount_minor     bigint NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (refund_id, ticket_id)
);
CREATE INDEX ticket_refund_of_ticket ON ticket_refund (ticket_id);
