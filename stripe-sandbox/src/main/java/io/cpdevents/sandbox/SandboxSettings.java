package io.cpdevents.sandbox;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the environment decides; README.md lists the variables.
 *
 * @param publicUrl where people reach the hosted pages, without a slash at the end
 * @param webhookUrl the platform's endpoint; empty: nothing is sent
 * @param webhookEvents the event types the endpoints are subscribed to, {@code *} for all
 * @param connectWebhookUrl the endpoint for events of connected accounts; empty: nothing is sent
 * @param webhookFirstRetryMs how long after a failed delivery the second try comes; it doubles
 * @param captureDelayMs how long after a payment its balance transaction exists
 * @param refundFailureDelayMs how long after its creation a refund to card ...5126 fails
 * @param refundReferenceDelayMs how long after its success a refund has the network's reference
 * @param processingDelayMs how long a bank takes for a direct debit
 * @param disputeDelayMs how long after a payment with card ...0259 its dispute comes, and how long
 *     the bank takes for evidence of Stripe's test mode
 * @param disputeFeeMinor what a chargeback costs, in minor units of its currency
 * @param settlementDays days of the sandbox's clock from pending to available
 * @param requestsPerSecond more are refused with 429; 0 switches it off
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
    int requestsPerSecond) {

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

  public Duration disputeDelay() {
    return Duration.ofMillis(disputeDelayMs);
  }
}
