package io.cpdevents.billing.sound;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of receipts, for this feature. */
@Component
class Receipts {

  private final JdbcClient jdbc;

  Receipts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Receipt receipt) {
    jdbc.sql("INSERT INTO receipt VALUES (?)").param(receipt.registrationId()).update();
  }

  long count(UUID registrationId) {
    return jdbc.sql("SELECT count(*) FROM receipt WHERE registration_id = ?")
        .param(registrationId)
        .query(Long.class)
        .single();
  }
}
