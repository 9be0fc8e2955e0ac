-- What buyers were owed and have in another way instead, by a lost dispute or by a refund that can be called off: it
-- waits beside the requests that wait for the end of a dispute.
ALTER TABLE refund_request_waiting
    ADD COLUMN owed_again boolean NOT NULL DEFAULT false,
    ADD COLUMN rest_of uuid REFERENCES refund (id);
COMMENT ON COLUMN refund_request_waiting.owed_again IS 'something else of the payment has this: owed again as far as that comes to nothing; false: decided when no dispute is open';
COMMENT ON COLUMN refund_request_waiting.rest_of IS 'called off with this refund; null: no part of it was accepted';
COMMENT ON COLUMN refund_request_waiting.refund_id IS 'of the refund to be';
CREATE INDEX refund_request_waiting_rest_of ON refund_request_waiting (rest_of) WHERE rest_of IS NOT NULL;
