-- What each column that can hold what people type is: see the platform's declare_columns.
SELECT declare_columns('not personal', 'entry', 'account', 'journal_kind', 'currency');
SELECT declare_columns('not personal', 'balance', 'currency');
SELECT declare_columns('not personal', 'event', 'title');
SELECT declare_columns('not personal', 'organization', 'name');
SELECT declare_columns('not personal', 'payout_account', 'country', 'status', 'stripe_id', 'standing');
SELECT declare_columns('not personal', 'payout', 'currency', 'status', 'account_id', 'transfer_id', 'bank_payout_id', 'waits_for', 'failure_reason', 'hold_reason');
SELECT declare_columns('not personal', 'payout_attempt', 'step', 'idempotency_key', 'stripe_id');
SELECT declare_columns('not personal', 'payout_schedule', 'interval', 'minimums');
SELECT declare_columns('not personal', 'scheduled_payout', 'currency', 'skipped_because');
SELECT declare_columns('not personal', 'transfer_reversal', 'status', 'stripe_id', 'refused_because');
SELECT declare_columns('not personal', 'settlement', 'currency', 'account_id', 'subject', 'outcome', 'reason', 'status');
SELECT declare_columns('not personal', 'ignored_change', 'stripe_event_id', 'stripe_event_type', 'object_id', 'reason');
