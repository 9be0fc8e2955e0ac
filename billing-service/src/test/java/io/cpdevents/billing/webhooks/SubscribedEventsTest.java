package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.test.HouseDocs;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SubscribedEventsTest {

  @Test
  void the_list_for_the_endpoint_at_stripe_is_what_is_read() {
    SortedSet<String> types = new TreeSet<>(StripeEventReader.SUBJECTS.keySet());
    HouseDocs.assertFile("deploy/stripe/webhook-events.txt", String.join("\n", types) + "\n");
  }
}
