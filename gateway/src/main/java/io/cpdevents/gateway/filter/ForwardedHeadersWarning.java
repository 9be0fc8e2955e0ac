package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.connections.TrustedProxies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Warns when people reach the gateway over TLS but its forwarding headers are ignored. The gateway
 * speaks no TLS itself, so there is a proxy. Unless its headers are trusted, all callers seem to
 * have the proxy's address: one flood then uses up the rate limit of all, and log-in records show
 * the same address for everybody.
 */
@Component
class ForwardedHeadersWarning implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(ForwardedHeadersWarning.class);

  private final GatewaySettings settings;
  private final TrustedProxies proxies;

  ForwardedHeadersWarning(GatewaySettings settings, TrustedProxies proxies) {
    this.settings = settings;
    this.proxies = proxies;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (settings.isHttps() && !proxies.areThere()) {
      log.warn(
          "CPD_PUBLIC_URL is {}, so a proxy terminates TLS, but its X-Forwarded-For is ignored:"
              + " ALL CALLERS SHARE ONE ADDRESS AND ITS LIMITS. Set"
              + " SERVER_FORWARD_HEADERS_STRATEGY=native, and"
              + " SERVER_TOMCAT_REMOTEIP_INTERNAL_PROXIES to the proxy's network.",
          settings.publicUrl());
    }
  }
}
