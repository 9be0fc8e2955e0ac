package io.cpdevents.billing.sound;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What others may read. */
@Component
public class ReceiptQueries {

  private final JdbcClient jdbc;
  private final Receipts receipts;

  ReceiptQueries(JdbcClient jdbc, Receipts receipts) {
    this.jdbc = jdbc;
    this.receipts = receipts;
  }

  /** Of one registration. */
  public long count(UUID registrationId) {
    return receipts.count(registrationId);
  }

  /** Of all. */
  public long count() {
    return jdbc.sql("SELECT count(*) FROM receipt").query(Long.class).single();
  }

  /** Whether there is none at all. */
  public boolean isEmpty() {
    return count() == 0;
  }
}
