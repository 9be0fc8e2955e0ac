-- Whatever takes the role away, also the removal of an account: the platform keeps an admin. Of two who go at once the
-- second one waits and stays. The lock is that of the first admin.
CREATE FUNCTION keep_a_platform_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('first-platform-admin', 0));
  IF NOT EXISTS (SELECT FROM platform_role WHERE role = 'platform-admin') THEN
    RAISE EXCEPTION 'the platform always has a platform-admin' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER platform_role_keep_an_admin AFTER DELETE ON platform_role
  FOR EACH ROW WHEN (OLD.role = 'platform-admin') EXECUTE FUNCTION keep_a_platform_admin();

-- Roles are given and taken, and never changed into others.
REVOKE UPDATE, TRUNCATE ON platform_role FROM ${runtimeRole};
