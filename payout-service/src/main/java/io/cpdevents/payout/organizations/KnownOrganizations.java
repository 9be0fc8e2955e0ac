package io.cpdevents.payout.organizations;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about organizations. */
@Component
class KnownOrganizations {

  private final JdbcClient jdbc;

  KnownOrganizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean has(UUID id) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM organization WHERE id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Keeps the organization, unless this version or a newer one is kept already. */
  void keep(KnownOrganization organization) {
    jdbc.sql(
            """
            INSERT INTO organization AS o (id, version, name, owner_account_id)
            VALUES (:id, :version, :name, :ownerAccountId)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, name = excluded.name,
                owner_account_id = excluded.owner_account_id
            WHERE o.version < excluded.version
            """)
        .param("id", organization.id())
        .param("version", organization.version())
        .param("name", organization.name())
        .param("ownerAccountId", organization.ownerAccountId())
        .update();
  }
}
