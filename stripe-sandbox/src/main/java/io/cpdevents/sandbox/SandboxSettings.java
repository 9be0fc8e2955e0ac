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
 * @param settlementDays days of the sandbox's clock from pending to available
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
    int settlementDays,
    int requestsPerSecond) {

  public Duration captureDelay() {
    return Duration.ofMillis(captureDelayMs);
  }

  public Duration refundFailureDelay() {
    return Duration.ofMillis(refundFailureDelayMs);
  }
}
