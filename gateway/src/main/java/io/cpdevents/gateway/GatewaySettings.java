package io.cpdevents.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings that differ between environments. docs/web-front-ends.md says which of them a web
 * app needs.
 *
 * @param publicUrl where people reach the gateway: the API's own origin, whose scheme decides the
 *     name of the session cookie
 * @param webUrl where people reach the web app; null when there is none, in which case the gateway
 *     serves small pages of its own
 * @param allowedOrigins further origins whose pages may call the API
 * @param cookieSameSite from whose pages browsers send the session cookie; accounts-service, which
 *     sets it, has the same setting
 * @param internalToken {@code CPD_INTERNAL_TOKEN}, the bearer token for {@code /internal/**} of the
 *     services; only the profile {@code local} has one by default
 * @param rateLimits {@code production} or {@code relaxed}
 * @param managementPort a separate port for {@code /actuator/**}; 0 for none, in which case the
 *     main port answers it to callers on the same machine only
 * @param drainTime how long requests are still served after the order to end: longer than whoever
 *     distributes them needs to notice that this instance is not ready
 * @param kafkaBootstrapServers host:port, comma-separated
 * @param services the base URL of each service, by the service's name
 */
@ConfigurationProperties("cpd.gateway")
public record GatewaySettings(
    URI publicUrl,
    @Nullable URI webUrl,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("lax") CookieSameSite cookieSameSite,
    String internalToken,
    @DefaultValue("production") RateLimits rateLimits,
    @DefaultValue("0") int managementPort,
    @DefaultValue("5s") Duration drainTime,
    String kafkaBootstrapServers,
    Map<String, URI> services) {

  /** Refuses to start with settings that cannot work. */
  public GatewaySettings {
    if (internalToken.isBlank()) {
      throw new IllegalArgumentException(
          "CPD_INTERNAL_TOKEN must be set: accounts-service refuses calls without it");
    }
    if (cookieSameSite == CookieSameSite.NONE && !"https".equals(publicUrl.getScheme())) {
      throw new IllegalArgumentException(
          "CPD_COOKIE_SAME_SITE=none needs an https CPD_PUBLIC_URL: browsers refuse the cookie"
              + " otherwise");
    }
  }

  /** From whose pages browsers send the session cookie. */
  public enum CookieSameSite {
    /** From pages of the API's own site, whatever their port or subdomain. */
    LAX("Lax"),
    /** From pages of other sites too; each site's pages have a cookie of their own. */
    NONE("None");

    private final String attribute;

    CookieSameSite(String attribute) {
      this.attribute = attribute;
    }

    /** The value of the cookie's attribute {@code SameSite}. */
    public String attribute() {
      return attribute;
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

  /** The name of the cookie by which a browser is known. */
  public String deviceCookieName() {
    return isHttps() ? "__Host-cpd-device" : "cpd-device";
  }

  /**
   * The origin of {@link #publicUrl}, as browsers send it in the header {@code Origin}: scheme,
   * host and, unless it is the scheme's default, port.
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
