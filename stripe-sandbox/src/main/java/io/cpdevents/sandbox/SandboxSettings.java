package io.cpdevents.sandbox;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings from the environment; README.md lists the variables.
 *
 * @param publicUrl where people reach the hosted pages, without a slash at the end
 * @param webhookUrl the platform's endpoint; nothing is sent when it is empty
 * @param webhookEvents the event types the endpoints are subscribed to, {@code *} for all
 * @param connectWebhookUrl the endpoint for events of connected accounts; nothing is sent when it
 *     is empty
 * @param webhookFirstRetryMs the wait before the first retry of a delivery; it doubles each time
 * @param captureDelayMs how long after a payment its balance transaction exists
 * @param refundFailureDelayMs how long after its creation a refund to card ...5126 fails
 * @param refundReferenceDelayMs how long after its success a refund gets the network's reference
 * @param processingDelayMs how long a bank takes for a direct debit
 * @param disputeDelayMs how long after a payment with card ...0259 its dispute is created, and how
 *     long the bank takes to decide by evidence of Stripe's test mode
 * @param disputeFeeMinor the fee for a chargeback, in minor units of its currency
 * @param settlementDays days of the sandbox's clock from pending to available
 * @param verificationDelayMs how long Stripe verifies what somebody has entered in the onboarding
 * @param platformCountry the country of the platform's own account
 * @param platformPayoutInterval {@code manual} or {@code daily}, for the platform's own payouts as
 *     long as its balance settings are not updated
 * @param requestsPerSecond the rate limit, above which requests get 429; 0 for none
 */
@ConfigurationProperties("sandbox")
public record SandboxSettings(
    String publicUrl,
    String webhookUrl,
    String webhookSecret,
    List<String> webhookEvents,
    String connectWebhookUrl,
    String connectWebhookSecret,
    long webhookFirstRetryMs,
    long captureDelayMs,
    long refundFailureDelayMs,
    long refundReferenceDelayMs,
    long processingDelayMs,
    long disputeDelayMs,
    long disputeFeeMinor,
    int settlementDays,
    long verificationDelayMs,
    String platformCountry,
    String platformPayoutInterval,
    int requestsPerSecond) {

  public SandboxSettings {
    if (!List.of("manual", "daily").contains(platformPayoutInterval)) {
      throw new IllegalArgumentException("SANDBOX_PLATFORM_PAYOUT_INTERVAL is manual or daily");
    }
  }

  public Duration captureDelay() {
    return Duration.ofMillis(captureDelayMs);
  }

  public Duration refundFailureDelay() {
    return Duration.ofMillis(refundFailureDelayMs);
  }

  public Duration refundReferenceDelay() {
    return Duration.ofMillis(refundReferenceDelayMs);
  }

  public Duration processingDelay() {
    return Duration.ofMillis(processingDelayMs);
  }

  public Duration verificationDelay() {
    return Duration.ofMillis(verificationDelayMs);
  }

  public Duration disputeDelay() {
    return Duration.ofMillis(disputeDelayMs);
  }
}
