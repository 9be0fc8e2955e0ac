package io.cpdevents.sandbox.api;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests that Stripe would refuse whatever state its objects are in. */
@Component
class IllegalRequests {

  private final JdbcClient jdbc;
  private final Clock machine;

  IllegalRequests(JdbcClient jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
  }

  void add(String method, String path, StripeAnswer answer) {
    jdbc.sql(
            """
            INSERT INTO illegal_request (method, path, status, error, requested_at)
            VALUES (:method, :path, :status, CAST(:body AS jsonb) -> 'error', :now)
            """)
        .param("method", method)
        .param("path", path)
        .param("status", answer.status())
        .param("body", answer.body())
        .param("now", machine.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
