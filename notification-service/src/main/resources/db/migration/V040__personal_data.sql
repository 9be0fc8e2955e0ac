-- What each column that can hold what people type is: see the platform's declare_columns.
SELECT declare_columns('not personal', 'mail', 'template', 'subject', 'status', 'reason');
SELECT declare_columns('personal: export, erase', 'profile', 'email', 'name', 'locale', 'time_zone');
SELECT declare_columns('not personal', 'organization', 'name');
