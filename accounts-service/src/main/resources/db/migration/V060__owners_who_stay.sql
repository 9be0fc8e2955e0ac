-- Whether an organization has an owner besides this one who has not asked to be erased.
CREATE FUNCTION owner_stays(organization uuid, besides uuid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM organization_member m
                    WHERE m.organization_id = organization AND m.role = 'owner'
                      AND m.account_id <> besides
                      AND NOT EXISTS (SELECT FROM erasure e
                                       WHERE e.account_id = m.account_id AND e.ended_at IS NULL));
