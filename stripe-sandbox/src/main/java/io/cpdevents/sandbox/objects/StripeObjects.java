package io.cpdevents.sandbox.objects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All SQL about objects. Locks are taken in the order session, intent, charge, refund. */
@Repository
public class StripeObjects {
  private final JdbcClient jdbc;

  public StripeObjects(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public void add(StripeObject object) {
    jdbc.sql(
            """
            INSERT INTO stripe_object (id, account, kind, created, body, inner_facts)
            VALUES (:id, :account, :kind, :created, :body::jsonb, :inner::jsonb)
            """)
        .param("id", object.id())
        .param("account", object.account())
        .param("kind", object.kind())
        .param("created", object.number("created"))
        .param("body", StripeJson.writeCompact(object.body()))
        .param("inner", StripeJson.writeCompact(object.inner()))
        .update();
  }

  /** Writes back an object that this transaction has locked. */
  public void save(StripeObject object) {
    jdbc.sql(
            "UPDATE stripe_object SET body = :body::jsonb, inner_facts = :inner::jsonb WHERE id = :id")
        .param("id", object.id())
        .param("body", StripeJson.writeCompact(object.body()))
        .param("inner", StripeJson.writeCompact(object.inner()))
        .update();
  }

  public Optional<StripeObject> find(String account, String kind, String id) {
    return jdbc.sql(
            """
            SELECT account, body, inner_facts FROM stripe_object
            WHERE id = :id AND account = :account AND kind = :kind
            """)
        .param("id", id)
        .param("account", account)
        .param("kind", kind)
        .query(StripeObjects::read)
        .optional();
  }

  /** The object with this id, whatever its kind, if the account has it. */
  public Optional<StripeObject> find(String account, String id) {
    return jdbc.sql(
            "SELECT account, body, inner_facts FROM stripe_object WHERE id = :id AND account = :account")
        .param("id", id)
        .param("account", account)
        .query(StripeObjects::read)
        .optional();
  }

  /** The object, whosever it is. */
  public Optional<StripeObject> findAnywhere(String kind, String id) {
    return jdbc.sql(
            "SELECT account, body, inner_facts FROM stripe_object WHERE id = :id AND kind = :kind")
        .param("id", id)
        .param("kind", kind)
        .query(StripeObjects::read)
        .optional();
  }

  /** Locks the object until the transaction ends, whosever it is. */
  public Optional<StripeObject> lock(String kind, String id) {
    return jdbc.sql(
            """
            SELECT account, body, inner_facts FROM stripe_object
            WHERE id = :id AND kind = :kind FOR UPDATE
            """)
        .param("id", id)
        .param("kind", kind)
        .query(StripeObjects::read)
        .optional();
  }

  /** Locks an object that another one names, so that it must exist. */
  public StripeObject lockExisting(String kind, String id) {
    return lock(kind, id)
        .orElseThrow(() -> new IllegalStateException("No " + kind + " with the id " + id));
  }

  /**
   * A page of a list, newest first.
   *
   * @param startingAfter the id after which the page begins
   * @param endingBefore the id before which the page ends
   * @param limit how many rows at most
   */
  public List<StripeObject> list(
      ObjectQuery query, @Nullable String startingAfter, @Nullable String endingBefore, int limit) {
    StringBuilder sql =
        new StringBuilder(
            """
            SELECT account, body, inner_facts FROM stripe_object o
            WHERE account = :account AND kind = :kind
            """);
    query.conditions.forEach(condition -> sql.append(" AND ").append(condition));
    if (startingAfter != null) {
      sql.append(" AND position < (SELECT position FROM stripe_object WHERE id = :startingAfter)");
    }
    if (endingBefore != null) {
      sql.append(" AND position > (SELECT position FROM stripe_object WHERE id = :endingBefore)");
    }
    sql.append(" ORDER BY position ").append(endingBefore == null ? "DESC" : "ASC");
    sql.append(" LIMIT :limit");
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql.toString())
            .param("account", query.account)
            .param("kind", query.kind)
            .param("limit", limit);
    for (Map.Entry<String, Object> value : query.values.entrySet()) {
      statement = statement.param(value.getKey(), value.getValue());
    }
    if (startingAfter != null) {
      statement = statement.param("startingAfter", startingAfter);
    }
    if (endingBefore != null) {
      statement = statement.param("endingBefore", endingBefore);
    }
    return statement.query(StripeObjects::read).list();
  }

  private static StripeObject read(ResultSet row, int number) throws SQLException {
    return new StripeObject(
        row.getString("account"),
        StripeJson.readObject(row.getString("body")),
        StripeJson.readObject(row.getString("inner_facts")));
  }
}
