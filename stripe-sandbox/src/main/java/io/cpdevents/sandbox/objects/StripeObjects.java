package io.cpdevents.sandbox.objects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * All SQL about objects. What a transaction makes and changes is written together when it commits,
 * each object once as it is then. Locks are taken in the order session, intent, customer, payment
 * method, charge, refund, dispute, fraud warning, balance. What lists look at is written before, so
 * that an object held since then is old: it must be saved before and not changed after.
 */
@Component
public class StripeObjects {
  /** What lists are in the order of: seconds alone do not tell objects apart. */
  private static final String PLACE = "(created, position)";

  private final JdbcClient jdbc;

  public StripeObjects(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds an object to this transaction.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void add(StripeObject object) {
    ofThisTransaction().made.put(object.id(), object);
  }

  /**
   * Writes back an object that this transaction has locked.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void save(StripeObject object) {
    ofThisTransaction().save(object);
  }

  /**
   * Deletes an object that this transaction has locked.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void remove(StripeObject object) {
    ofThisTransaction().forget(object.id());
    jdbc.sql("DELETE FROM stripe_object WHERE id = :id").param("id", object.id()).update();
  }

  private void insert(Collection<StripeObject> objects) {
    jdbc.sql(
            """
            INSERT INTO stripe_object (id, account, kind, created, body, inner_facts)
            SELECT id, account, kind, created, body::jsonb, inner_facts::jsonb
            FROM unnest(:ids, :accounts, :kinds, :created, :bodies, :inners) WITH ORDINALITY
                AS made (id, account, kind, created, body, inner_facts, place)
            ORDER BY place
            """)
        .param("ids", texts(objects, StripeObject::id))
        .param("accounts", texts(objects, StripeObject::account))
        .param("kinds", texts(objects, StripeObject::kind))
        .param(
            "created",
            objects.stream().map(object -> object.number("created")).toArray(Long[]::new))
        .param("bodies", texts(objects, object -> StripeJson.writeCompact(object.body())))
        .param("inners", texts(objects, object -> StripeJson.writeCompact(object.inner())))
        .update();
  }

  private static String[] texts(
      Collection<StripeObject> objects, Function<StripeObject, String> text) {
    return objects.stream().map(text).toArray(String[]::new);
  }

  private void update(StripeObject object) {
    jdbc.sql(
            "UPDATE stripe_object SET body = :body::jsonb, inner_facts = :inner::jsonb WHERE id = :id")
        .param("id", object.id())
        .param("body", StripeJson.writeCompact(object.body()))
        .param("inner", StripeJson.writeCompact(object.inner()))
        .update();
  }

  public Optional<StripeObject> find(String account, String kind, String id) {
    return find(account, id).filter(object -> object.kind().equals(kind));
  }

  /** The object with this id, whatever its kind, if the account has it. */
  public Optional<StripeObject> find(String account, String id) {
    return findAnywhere(id).filter(object -> object.account().equals(account));
  }

  /** The object, whosever it is. */
  public Optional<StripeObject> findAnywhere(String kind, String id) {
    return findAnywhere(id).filter(object -> object.kind().equals(kind));
  }

  private Optional<StripeObject> findAnywhere(String id) {
    return unwritten(id)
        .or(() ->
            jdbc.sql("SELECT account, body, inner_facts FROM stripe_object WHERE id = :id")
                .param("id", id)
                .query(StripeObjects::read)
                .optional());
  }

  /** Locks the object until the transaction ends, whosever it is. */
  public Optional<StripeObject> lock(String kind, String id) {
    return unwritten(id)
        .filter(object -> object.kind().equals(kind))
        .or(() ->
            jdbc.sql(
                    """
                    SELECT account, body, inner_facts FROM stripe_object
                    WHERE id = :id AND kind = :kind FOR UPDATE
                    """)
                .param("id", id)
                .param("kind", kind)
                .query(StripeObjects::read)
                .optional());
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
    StringBuilder sql = select(query);
    if (startingAfter != null) {
      sql.append(" AND ").append(PLACE).append(" < ").append(placeOf(":startingAfter"));
    }
    if (endingBefore != null) {
      sql.append(" AND ").append(PLACE).append(" > ").append(placeOf(":endingBefore"));
    }
    sql.append(
        endingBefore == null
            ? " ORDER BY created DESC, position DESC"
            : " ORDER BY created, position");
    sql.append(" LIMIT :limit");
    JdbcClient.StatementSpec statement = bind(sql, query, limit);
    if (startingAfter != null) {
      statement = statement.param("startingAfter", startingAfter);
    }
    if (endingBefore != null) {
      statement = statement.param("endingBefore", endingBefore);
    }
    return statement.query(StripeObjects::read).list();
  }

  /**
   * All objects of a kind that an account has, as they were last written. Unlike lists it writes
   * nothing, so it may be asked in the middle of anything.
   */
  public List<StripeObject> written(String account, String kind) {
    return jdbc.sql(
            """
            SELECT account, body, inner_facts FROM stripe_object
            WHERE account = :account AND kind = :kind ORDER BY created, position
            """)
        .param("account", account)
        .param("kind", kind)
        .query(StripeObjects::read)
        .list();
  }

  /** All of a list, or as many as the limit, oldest first. */
  public List<StripeObject> oldest(ObjectQuery query, int limit) {
    StringBuilder sql = select(query).append(" ORDER BY created, position LIMIT :limit");
    return bind(sql, query, limit).query(StripeObjects::read).list();
  }

  private static StringBuilder select(ObjectQuery query) {
    begun().ifPresent(Unwritten::write);
    StringBuilder sql =
        new StringBuilder(
            """
            SELECT account, body, inner_facts FROM stripe_object o
            WHERE account = :account AND kind = :kind
            """);
    query.conditions.forEach(condition -> sql.append(" AND ").append(condition));
    return sql;
  }

  private JdbcClient.StatementSpec bind(StringBuilder sql, ObjectQuery query, int limit) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql.toString())
            .param("account", query.account)
            .param("kind", query.kind)
            .param("limit", limit);
    for (Map.Entry<String, Object> value : query.values.entrySet()) {
      statement = statement.param(value.getKey(), value.getValue());
    }
    return statement;
  }

  /** Two subqueries and not one with two columns: only so can an index be entered there. */
  private static String placeOf(String id) {
    return "((SELECT created FROM stripe_object WHERE id = %1$s), (SELECT position FROM stripe_object WHERE id = %1$s))"
        .formatted(id);
  }

  private static StripeObject read(ResultSet row, int number) throws SQLException {
    return new StripeObject(
        row.getString("account"),
        StripeJson.readObject(row.getString("body")),
        StripeJson.readObject(row.getString("inner_facts")));
  }

  private static Optional<StripeObject> unwritten(String id) {
    return begun().map(transaction -> transaction.find(id));
  }

  private static Optional<Unwritten> begun() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      return Optional.empty();
    }
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(Unwritten.class::isInstance)
        .map(Unwritten.class::cast)
        .findFirst();
  }

  private Unwritten ofThisTransaction() {
    return begun()
        .orElseGet(() -> {
          Unwritten unwritten = new Unwritten();
          TransactionSynchronizationManager.registerSynchronization(unwritten);
          return unwritten;
        });
  }

  /**
   * What this transaction has made, and what it has changed of others' making. What a savepoint
   * takes back is forgotten; what was there before it is written before.
   */
  private final class Unwritten implements TransactionSynchronization {
    private final Map<String, StripeObject> made = new LinkedHashMap<>();
    private final Map<String, StripeObject> changed = new LinkedHashMap<>();

    void save(StripeObject object) {
      (made.containsKey(object.id()) ? made : changed).put(object.id(), object);
    }

    void forget(String id) {
      made.remove(id);
      changed.remove(id);
    }

    @Nullable StripeObject find(String id) {
      StripeObject object = made.get(id);
      return object == null ? changed.get(id) : object;
    }

    void write() {
      if (!made.isEmpty()) {
        insert(made.values());
      }
      changed.values().forEach(StripeObjects.this::update);
      made.clear();
      changed.clear();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      write();
    }

    @Override
    public void savepoint(Object savepoint) {
      write();
    }

    @Override
    public void savepointRollback(Object savepoint) {
      made.clear();
      changed.clear();
    }
  }
}
