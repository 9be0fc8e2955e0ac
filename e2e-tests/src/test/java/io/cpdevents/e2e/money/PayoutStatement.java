package io.cpdevents.e2e.money;

import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Payout;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a payout says that it pays, as its organization reads it. */
final class PayoutStatement {

  private PayoutStatement() {}

  /** The lines add up to the totals, and the totals to what is paid. */
  static void addsUp(Payout payout) {
    JsonNode statement = payout.statement();
    JsonNode totals = statement.path("totals");
    long net = minor(totals, "net");
    long lines =
        StreamSupport.stream(statement.path("lines").spliterator(), false)
            .mapToLong(line -> minor(line, "net"))
            .sum();
    long parts =
        minor(totals, "gross")
            - minor(totals, "platformFee")
            + minor(totals, "refunds")
            + minor(totals, "disputes")
            + minor(totals, "other")
            + minor(totals, "carriedOver");
    long kept = minor(totals, "kept");
    if (lines != net
        || parts != net
        || kept < 0
        || net - kept != minor(statement.path("payout"), "amount")) {
      throw new NotAsExpected("the statement does not add up: " + statement);
    }
  }

  private static long minor(JsonNode parent, String field) {
    return parent.path(field).path("amountMinor").asLong();
  }
}
