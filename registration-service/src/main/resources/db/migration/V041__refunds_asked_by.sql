-- Who has given money back for an organization by cancelling: what one person gives back within an hour counts together.
ALTER TABLE refund_request ADD COLUMN asked_by uuid;
COMMENT ON COLUMN refund_request.asked_by IS 'a member of the organization; null when the buyer or the system asked';
CREATE INDEX refund_request_asked_by ON refund_request (asked_by, requested_at) WHERE asked_by IS NOT NULL;
