package io.cpdevents.billing.broken;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A repository that everybody can use, and that is annotated in another way than the rest. */
@Repository
public class Invoices {

  private final JdbcClient jdbc;

  Invoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads with the class that reads rows. */
  public Invoice find(String id) {
    return jdbc.sql("SELECT * FROM invoice WHERE id = ?")
        .param(id)
        .query((row, number) -> Invoice.read(row))
        .single();
  }
}
