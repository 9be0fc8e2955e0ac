-- Reasons are forgotten when a payout is over for long.
CREATE INDEX payout_hold_note_old ON payout_hold_note (written_at) WHERE reason <> '(erased)';
CREATE INDEX payout_held_before ON payout (held_at) WHERE hold_reason IS NOT NULL AND hold_reason <> '(erased)';
