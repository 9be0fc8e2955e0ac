package io.cpdevents.billing.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeSettings;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import io.cpdevents.platform.time.SystemTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@CpdIntegrationTest
@WithStripeSandbox
class WebhookWithoutSecretIT {

  private static final StripeSettings WITHOUT_SECRETS =
      new StripeSettings("http://127.0.0.1:1", "sk_test_none", "", " , ", "", 1);

  @Autowired ReadStripeEvent read;
  @Autowired KeepStripeEvents keep;
  @Autowired StripeEventWorker worker;
  @Autowired SystemTime systemTime;

  @ParameterizedTest
  @EnumSource
  void an_endpoint_without_a_secret_is_not_there(WebhookEndpoint endpoint) {
    ReceiveStripeEvent receive =
        new ReceiveStripeEvent(WITHOUT_SECRETS, read, keep, worker, systemTime);

    assertThatThrownBy(() ->
            receive.handle(new ReceiveStripeEvent.Command(endpoint, new byte[0], "t=1,v1=00")))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refused -> assertThat(refused.code()).isEqualTo("webhook-disabled"));
  }
}
