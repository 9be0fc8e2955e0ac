-- What an account has let go of an event is counted whenever it registers, however much it has booked on that day.
CREATE INDEX registration_let_go ON registration (account_id, event_id, created_at)
    WHERE status = 'cancelled' AND confirmed_at IS NULL;
