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
    int settlementDays,
    int requestsPerSecond) {

  public Duration captureDelay() {
    return Duration.ofMillis(captureDelayMs);
  }

  public Duration refundFailureDelay() {
    return Duration.ofMillis(refundFailureDelayMs);
  }
}
