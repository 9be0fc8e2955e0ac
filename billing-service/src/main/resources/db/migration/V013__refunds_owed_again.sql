-- What buyers were owed and have got by a lost dispute instead: it waits beside the requests that wait for the end of one.
ALTER TABLE refund_request_waiting ADD COLUMN after_loss boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN refund_request_waiting.after_loss IS 'lost disputes of the payment have this: owed again as far as one of them is won after all; false: decided when no dispute is open';
COMMENT ON COLUMN refund_request_waiting.refund_id IS 'of the refund to be';
