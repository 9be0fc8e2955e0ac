-- What buyers were owed and have got by a lost dispute instead: it waits beside the requests that wait for the end of one.
ALTER TABLE refund_request_waiting ADD COLUMN stripe_dispute_id text;
COMMENT ON COLUMN refund_request_waiting.stripe_dispute_id IS 'owed again if this dispute, which is lost, is won after all; null: decided when no dispute is open';
COMMENT ON COLUMN refund_request_waiting.refund_id IS 'of the refund to be';

CREATE INDEX refund_request_waiting_for_dispute ON refund_request_waiting (stripe_dispute_id)
    WHERE stripe_dispute_id IS NOT NULL;
