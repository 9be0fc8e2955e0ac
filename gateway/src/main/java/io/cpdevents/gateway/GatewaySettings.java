package io.cpdevents.gateway;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings that differ between environments.
 *
 * @param publicUrl where people reach the gateway; the cookie's name and the allowed origin follow
 *     from it
 * @param allowedOrigins further origins whose pages may call the API
 * @param internalToken {@code CPD_INTERNAL_TOKEN}, the bearer token for {@code /internal/**} of the
 *     services; only the profile {@code local} has one by default
 * @param rateLimits {@code production} or {@code relaxed}
 * @param managementPort a separate port for {@code /actuator/**}; 0 for none, in which case the
 *     main port answers it to callers on the same machine only
 * @param kafkaBootstrapServers host:port, comma-separated
 * @param services the base URL of each service by its name
 */
@ConfigurationProperties("cpd.gateway")
public record GatewaySettings(
    URI publicUrl,
    @DefaultValue List<String> allowedOrigins,
    String internalToken,
    @DefaultValue("production") RateLimits rateLimits,
    @DefaultValue("0") int managementPort,
    String kafkaBootstrapServers,
    Map<String, URI> services) {

  /** Refuses to start without the secret by which services recognize the gateway. */
  public GatewaySettings {
    if (internalToken.isBlank()) {
      throw new IllegalArgumentException(
          "CPD_INTERNAL_TOKEN must be set: accounts-service refuses calls without it");
    }
  }

  /** How strict the rate limits are. */
  public enum RateLimits {
    /** The real limits. */
    PRODUCTION,
    /** No limits: for load tests and development. */
    RELAXED
  }

  /** Whether people reach the gateway over TLS. */
  public boolean isHttps() {
    return "https".equals(publicUrl.getScheme());
  }

  /** The name of the session cookie; browsers accept the prefix {@code __Host-} over TLS only. */
  public String sessionCookieName() {
    return isHttps() ? "__Host-cpd-session" : "cpd-session";
  }

  /**
   * Scheme, host and, unless it is the scheme's default, port: as browsers write {@code Origin}.
   */
  public String publicOrigin() {
    return originOf(publicUrl);
  }

  /** The origin of any URL. */
  public static String originOf(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    int port = url.getPort();
    boolean isDefaultPort =
        port == -1
            || ("http".equals(scheme) && port == 80)
            || ("https".equals(scheme) && port == 443);
    return isDefaultPort ? scheme + "://" + host : scheme + "://" + host + ":" + port;
  }
}
