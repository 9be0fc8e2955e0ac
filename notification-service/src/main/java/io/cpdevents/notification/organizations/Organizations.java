package io.cpdevents.notification.organizations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about organizations. */
@Component
class Organizations {

  private final JdbcClient jdbc;

  Organizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<UUID, Organization> find(Set<UUID> ids) {
    return jdbc
        .sql("SELECT * FROM organization WHERE id = ANY (CAST(:ids AS uuid[]))")
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query((row, _) ->
            new Organization(
                Columns.uuid(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                Columns.uuid(row, "owner_account_id")))
        .list()
        .stream()
        .collect(toMap(Organization::id, Function.identity()));
  }

  /** Keeps the organization, unless this version or a newer one is kept already. */
  void keep(Organization organization) {
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
