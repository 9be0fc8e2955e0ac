package io.cpdevents.billing.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import io.cpdevents.billing.webhooks.StripeEventTable.Treatment;
import io.cpdevents.platform.test.HouseDocs;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StripeEventTableTest {

  @Test
  void the_lists_for_the_endpoints_at_stripe_are_what_is_not_ignored() {
    HouseDocs.assertFile(
        "deploy/stripe/webhook-events.txt",
        """
        # /webhooks/stripe: events on the platform's account
        %s

        # /webhooks/stripe-connect: events on connected accounts
        %s
        """
            .formatted(subscribed(WebhookEndpoint.PLATFORM), subscribed(WebhookEndpoint.CONNECT)));
  }

  @Test
  void every_type_is_one_of_stripes() {
    Set<String> known =
        Arrays.stream(EnabledEvent.values())
            .map(EnabledEvent::getValue)
            .collect(Collectors.toSet());
    assertThat(known)
        .containsAll(StripeEventTable.ROWS.stream().map(StripeEventTable.Row::type).toList());
  }

  @Test
  void a_type_that_is_not_in_the_table_is_unknown() {
    assertThat(StripeEventTable.treatment(WebhookEndpoint.PLATFORM, "climate.order.created"))
        .isEqualTo(new Treatment.Ignored(IgnoredReason.UNKNOWN_TYPE));
  }

  @Test
  void money_is_taken_on_the_platforms_endpoint_alone() {
    assertThat(StripeEventTable.treatment(WebhookEndpoint.PLATFORM, "payment_intent.succeeded"))
        .isInstanceOf(Treatment.Settled.class);
    assertThat(StripeEventTable.treatment(WebhookEndpoint.CONNECT, "payment_intent.succeeded"))
        .isEqualTo(new Treatment.Ignored(IgnoredReason.OTHER_ENDPOINT));
  }

  private static String subscribed(WebhookEndpoint endpoint) {
    return StripeEventTable.ROWS.stream()
        .filter(row -> row.isSubscribed(endpoint))
        .map(StripeEventTable.Row::type)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
