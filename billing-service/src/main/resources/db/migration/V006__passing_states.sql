-- Who is stuck is asked at every scrape: only what is under way is in these.
CREATE INDEX payment_awaiting ON payment (hold_expires_at) WHERE status = 'AWAITING_PAYMENT';
CREATE INDEX refund_under_way ON refund (requested_at) WHERE status IN ('REQUESTED', 'PENDING');
