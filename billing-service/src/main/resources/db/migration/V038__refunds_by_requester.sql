-- What somebody has asked for within the last hour is judged together: many small refunds are one large one.
CREATE INDEX refund_by_requester ON refund (requested_by, requested_at) WHERE requested_by IS NOT NULL;
