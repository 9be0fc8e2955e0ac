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
 * All SQL about objects. It is a unit of work: what a transaction adds and changes is written once,
 * when it commits, or before a list is read in it; an object that was read before the list must not
 * be changed after it. Locks are taken in the order session, intent, customer, payment method,
 * account, payout, bank account, transfer, charge, refund, dispute, fraud warning, balance.
 */
@Component
public class StripeObjects {
  /** The order of lists: objects can be created in the same second. */
  private static final String ORDER = "(created, position)";

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
    unitOfWork().added.put(object.id(), object);
  }

  /**
   * Writes back an object that this transaction has locked.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void save(StripeObject object) {
    unitOfWork().save(object);
  }

  /**
   * Deletes an object that this transaction has locked.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void remove(StripeObject object) {
    unitOfWork().forget(object.id());
    jdbc.sql("DELETE FROM stripe_object WHERE id = :id").param("id", object.id()).update();
  }

  private void insert(Collection<StripeObject> objects) {
    jdbc.sql(
            """
            INSERT INTO stripe_object (id, account, kind, created, body, inner_facts)
            SELECT id, account, kind, created, body::jsonb, inner_facts::jsonb
            FROM unnest(:ids, :accounts, :kinds, :created, :bodies, :inners) WITH ORDINALITY
                AS added (id, account, kind, created, body, inner_facts, place)
            ORDER BY place
            """)
        .param("ids", texts(objects, StripeObject::id))
        .param("accounts", texts(objects, StripeObject::account))
        .param("kinds", texts(objects, StripeObject::kind))
        .param("created", objects.stream().map(StripeObject::created).toArray(Long[]::new))
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

  /** The object with this id, of any kind, if it belongs to the account. */
  public Optional<StripeObject> find(String account, String id) {
    return findAnywhere(id).filter(object -> object.account().equals(account));
  }

  /** The object of any account. */
  public Optional<StripeObject> findAnywhere(String kind, String id) {
    return findAnywhere(id).filter(object -> object.kind().equals(kind));
  }

  /** The object of any kind and any account. */
  Optional<StripeObject> findAnywhere(String id) {
    return notYetWritten(id)
        .or(() ->
            jdbc.sql("SELECT account, body, inner_facts FROM stripe_object WHERE id = :id")
                .param("id", id)
                .query(StripeObjects::read)
                .optional());
  }

  /** Locks the object, of any account, until the transaction ends. */
  public Optional<StripeObject> lock(String kind, String id) {
    return notYetWritten(id)
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

  /** Locks an object that another object refers to, so that it must exist. */
  public StripeObject lockExisting(String kind, String id) {
    return lock(kind, id)
        .orElseThrow(() -> new IllegalStateException("No " + kind + " with the id " + id));
  }

  /** Locks a name until the transaction ends, for what does not have a row of its own. */
  public void lockName(String name) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 1))")
        .param("name", name)
        .query((_, _) -> true)
        .single();
  }

  /** Sets an inner fact of all objects of a query. */
  public void setFact(ObjectQuery query, String fact, String value) {
    currentUnitOfWork().ifPresent(UnitOfWork::write);
    StringBuilder sql =
        new StringBuilder(
            """
            UPDATE stripe_object o SET inner_facts = inner_facts || jsonb_build_object(:fact::text, :value::text)
            WHERE account = :account AND kind = :kind
            """);
    query.conditions.forEach(condition -> sql.append(" AND ").append(condition));
    bind(sql, query).param("fact", fact).param("value", value).update();
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
      sql.append(" AND ").append(ORDER).append(" < ").append(positionOf(":startingAfter"));
    }
    if (endingBefore != null) {
      sql.append(" AND ").append(ORDER).append(" > ").append(positionOf(":endingBefore"));
    }
    sql.append(
        endingBefore == null
            ? " ORDER BY created DESC, position DESC"
            : " ORDER BY created, position");
    sql.append(" LIMIT :limit");
    JdbcClient.StatementSpec statement = bind(sql, query).param("limit", limit);
    if (startingAfter != null) {
      statement = statement.param("startingAfter", startingAfter);
    }
    if (endingBefore != null) {
      statement = statement.param("endingBefore", endingBefore);
    }
    return statement.query(StripeObjects::read).list();
  }

  /**
   * All objects of a kind that an account owns, as they were last written. Unlike lists it writes
   * nothing, so it may be called anywhere in a transaction.
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

  /** The objects of a query, oldest first, at most as many as the limit. */
  public List<StripeObject> oldest(ObjectQuery query, int limit) {
    StringBuilder sql = select(query).append(" ORDER BY created, position LIMIT :limit");
    return bind(sql, query).param("limit", limit).query(StripeObjects::read).list();
  }

  private static StringBuilder select(ObjectQuery query) {
    currentUnitOfWork().ifPresent(UnitOfWork::write);
    StringBuilder sql =
        new StringBuilder(
            """
            SELECT account, body, inner_facts FROM stripe_object o
            WHERE account = :account AND kind = :kind
            """);
    query.conditions.forEach(condition -> sql.append(" AND ").append(condition));
    return sql;
  }

  private JdbcClient.StatementSpec bind(StringBuilder sql, ObjectQuery query) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql.toString()).param("account", query.account).param("kind", query.kind);
    for (Map.Entry<String, Object> value : query.values.entrySet()) {
      statement = statement.param(value.getKey(), value.getValue());
    }
    return statement;
  }

  /** Two subqueries, because PostgreSQL uses no index for one subquery with two columns. */
  private static String positionOf(String id) {
    return "((SELECT created FROM stripe_object WHERE id = %1$s), (SELECT position FROM stripe_object WHERE id = %1$s))"
        .formatted(id);
  }

  private static StripeObject read(ResultSet row, int number) throws SQLException {
    return new StripeObject(
        row.getString("account"),
        StripeJson.readObject(row.getString("body")),
        StripeJson.readObject(row.getString("inner_facts")));
  }

  private static Optional<StripeObject> notYetWritten(String id) {
    return currentUnitOfWork().map(unitOfWork -> unitOfWork.find(id));
  }

  private static Optional<UnitOfWork> currentUnitOfWork() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      return Optional.empty();
    }
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(UnitOfWork.class::isInstance)
        .map(UnitOfWork.class::cast)
        .findFirst();
  }

  private UnitOfWork unitOfWork() {
    return currentUnitOfWork()
        .orElseGet(() -> {
          UnitOfWork unitOfWork = new UnitOfWork();
          TransactionSynchronizationManager.registerSynchronization(unitOfWork);
          return unitOfWork;
        });
  }

  /**
   * The objects that this transaction has added and changed. They are written before a savepoint,
   * and a rollback to the savepoint forgets what came after it.
   */
  private final class UnitOfWork implements TransactionSynchronization {
    private final Map<String, StripeObject> added = new LinkedHashMap<>();
    private final Map<String, StripeObject> changed = new LinkedHashMap<>();

    void save(StripeObject object) {
      (added.containsKey(object.id()) ? added : changed).put(object.id(), object);
    }

    void forget(String id) {
      added.remove(id);
      changed.remove(id);
    }

    @Nullable StripeObject find(String id) {
      StripeObject object = added.get(id);
      return object == null ? changed.get(id) : object;
    }

    void write() {
      if (!added.isEmpty()) {
        insert(added.values());
      }
      changed.values().forEach(StripeObjects.this::update);
      added.clear();
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
      added.clear();
      changed.clear();
    }
  }
}
