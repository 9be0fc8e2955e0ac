-- What each column that can hold what people type is: see the platform's declare_columns.
SELECT declare_columns('not personal', 'event', 'status', 'title', 'mode', 'time_zone', 'currency', 'venue', 'refund_policy', 'hold_limits');
SELECT declare_columns('not personal', 'event_description', 'description');
SELECT declare_columns('not personal', 'event_search', 'words');
SELECT declare_columns('not personal', 'ticket_type', 'name');
SELECT declare_columns('not personal', 'event_cancellation', 'reason');
SELECT declare_columns('not personal', 'registration', 'status', 'currency', 'refund_policy');
SELECT declare_columns('not personal', 'ticket', 'ticket_type_name', 'code', 'status');
SELECT declare_columns('personal: export, erase', 'ticket', 'attendee_name', 'attendee_email');
SELECT declare_columns('not personal', 'registration_history', 'from_status', 'trigger', 'to_status', 'cause');
SELECT declare_columns('personal: export, erase', 'registration_history', 'reason');
SELECT declare_columns('not personal', 'refund_request', 'cause', 'lines', 'status');
SELECT declare_columns('not personal', 'dispute', 'status');
SELECT declare_columns('not personal', 'entitlements', 'plan_id');
