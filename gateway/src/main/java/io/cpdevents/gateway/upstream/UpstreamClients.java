package io.cpdevents.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The HTTP clients for the services: one connection pool, and a client for each timeout. */
@Configuration(proxyBeanMethods = false)
class UpstreamClients {

  /** A call leaves the bulkhead when its answer begins, but holds its connection to the end. */
  private static final int MAX_CONNECTIONS_PER_SERVICE = 2 * UpstreamCalls.Place.all();

  private static final int BUFFER_BYTES = 4 * 1024;
  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_CONNECTION_REQUEST_TIME = Duration.ofSeconds(1);

  /**
   * Shorter than that of the services (30 s) and than their {@code CPD_DRAIN_TIME}, so that no
   * connection is used that they close: one that is used while they drain, they end themselves.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final Duration VALIDATE_AFTER_IDLE = Duration.ofSeconds(1);

  /** For most routes, and for the gateway's own calls to exchange tokens. */
  @Bean
  RestClient restClient(CloseableHttpClient pool) {
    return clientWith(pool, RouteTimeout.DEFAULT);
  }

  @Bean
  ProxyExchange proxyExchange(
      RestClient restClient, CloseableHttpClient pool, GatewayMvcProperties properties) {
    ProxyExchange ordinary = new RestClientProxyExchange(restClient, properties);
    ProxyExchange slow =
        new RestClientProxyExchange(clientWith(pool, RouteTimeout.LONG), properties);
    return request ->
        (RouteTimeout.of(request.getServerRequest()) == RouteTimeout.LONG ? slow : ordinary)
            .exchange(request);
  }

  private static RestClient clientWith(CloseableHttpClient pool, RouteTimeout timeout) {
    HttpComponentsClientHttpRequestFactory requests =
        new HttpComponentsClientHttpRequestFactory(pool);
    requests.setReadTimeout(timeout.duration());
    return RestClient.builder().requestFactory(requests).build();
  }

  /** The pool's client does nothing by itself: no retries, redirects, cookies or decompression. */
  @Bean
  CloseableHttpClient connectionPool() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONNECTIONS_PER_SERVICE)
                .setMaxConnTotal(MAX_CONNECTIONS_PER_SERVICE * Upstream.values().length)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER_BYTES).build())
                        .build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(MAX_CONNECT_TIME))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(VALIDATE_AFTER_IDLE))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(MAX_CONNECTION_REQUEST_TIME))
                .setDefaultKeepAlive(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .setProtocolUpgradeEnabled(false)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .disableDefaultUserAgent()
        .build();
  }
}
