package io.cpdevents.platform.stripe;

import com.stripe.Stripe;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Stripe is, and the secrets that we share with it.
 *
 * @param apiBase {@code https://api.stripe.com} or a stand-in
 * @param apiKey the secret key
 * @param webhookSecrets comma-separated; none disables the endpoint
 * @param connectWebhookSecrets comma-separated; none disables the endpoint
 * @param acceptedAccount Stripe's account to which the platform has moved for good; empty: none
 * @param maxRefundsPerSecond how many refunds each instance asks for; Stripe allows 25 requests a
 *     second at one endpoint
 */
@ConfigurationProperties("cpd.stripe")
public record StripeSettings(
    @DefaultValue("http://127.0.0.1:8110") String apiBase,
    @DefaultValue("") String apiKey,
    @DefaultValue("") String webhookSecrets,
    @DefaultValue("") String connectWebhookSecrets,
    @DefaultValue("") String acceptedAccount,
    @DefaultValue("20") int maxRefundsPerSecond) {

  /** The version of Stripe's API that we speak, and in which the endpoints must get events. */
  public static final String API_VERSION = Stripe.API_VERSION;

  private static final String STRIPE_ITSELF = "https://api.stripe.com";
  private static final String FILES_OF_STRIPE = "https://files.stripe.com";
  private static final String SANDBOX_KEY = "sk_test_local";
  private static final List<String> LIVE_KEYS = List.of("sk_live_", "rk_live_");
  private static final List<String> TEST_KEYS = List.of("sk_test_", "rk_test_");

  /** Refuses a live key for anybody but Stripe, and the stand-in's key for Stripe itself. */
  public StripeSettings {
    boolean live = isLive(apiKey);
    boolean test = TEST_KEYS.stream().anyMatch(apiKey::startsWith);
    boolean stripeItself = isStripeItself(apiBase);
    if (!live && !test) {
      throw new IllegalArgumentException(
          "CPD_STRIPE_API_KEY is not a secret key of Stripe: it must begin with sk_test_ or"
              + " sk_live_");
    }
    if (live && !stripeItself) {
      throw new IllegalArgumentException(
          "a live key of Stripe must never be sent to CPD_STRIPE_API_BASE " + apiBase);
    }
    if (stripeItself && apiKey.startsWith(SANDBOX_KEY)) {
      throw new IllegalArgumentException(
          "CPD_STRIPE_API_BASE is Stripe itself, but CPD_STRIPE_API_KEY is the stand-in's");
    }
  }

  /** Whether the key moves real money. */
  boolean isLive() {
    return isLive(apiKey);
  }

  private static boolean isLive(String apiKey) {
    return LIVE_KEYS.stream().anyMatch(apiKey::startsWith);
  }

  /** Where files are uploaded to: Stripe has a host of its own for them. */
  String filesBase() {
    return isStripeItself(apiBase) ? FILES_OF_STRIPE : apiBase;
  }

  /** The platform endpoint's secrets; several while one is being replaced. */
  public List<String> platformSecrets() {
    return split(webhookSecrets);
  }

  /** The Connect endpoint's secrets. */
  public List<String> connectSecrets() {
    return split(connectWebhookSecrets);
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return "StripeSettings[apiBase=" + apiBase + "]";
  }

  private static boolean isStripeItself(String apiBase) {
    return apiBase.equals(STRIPE_ITSELF) || apiBase.equals(STRIPE_ITSELF + "/");
  }

  private static List<String> split(String secrets) {
    return Arrays.stream(secrets.split(","))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .toList();
  }
}
