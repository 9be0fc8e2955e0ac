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

/** How Spring Cloud Gateway reaches the services: one connection pool, a time limit per route. */
@Configuration(proxyBeanMethods = false)
class UpstreamClients {

  /** A call's place in the bulkhead is free when the answer begins, its connection at the end. */
  private static final int CONNECTIONS_PER_SERVICE = 2 * UpstreamCalls.CALLS_AT_ONCE_PER_SERVICE;

  private static final int BUFFER_BYTES = 4 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration WAIT_FOR_CONNECTION_LIMIT = Duration.ofSeconds(1);

  /** Shorter than the services keep theirs (20 s), so that none is used that they are closing. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration CHECK_AFTER_IDLE = Duration.ofSeconds(1);

  /** For most routes, and for the gateway's own calls: session tokens are exchanged with it. */
  @Bean
  RestClient restClient(CloseableHttpClient pool) {
    return patient(pool, Patience.ORDINARY);
  }

  @Bean
  ProxyExchange proxyExchange(
      RestClient restClient, CloseableHttpClient pool, GatewayMvcProperties properties) {
    ProxyExchange ordinary = new RestClientProxyExchange(restClient, properties);
    ProxyExchange patient = new RestClientProxyExchange(patient(pool, Patience.LONG), properties);
    return request ->
        (Patience.of(request.getServerRequest()) == Patience.LONG ? patient : ordinary)
            .exchange(request);
  }

  private static RestClient patient(CloseableHttpClient pool, Patience patience) {
    HttpComponentsClientHttpRequestFactory requests =
        new HttpComponentsClientHttpRequestFactory(pool);
    requests.setReadTimeout(patience.limit());
    return RestClient.builder().requestFactory(requests).build();
  }

  /** Nothing is repeated, followed, unpacked or remembered behind our back. */
  @Bean
  CloseableHttpClient connectionPool() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS_PER_SERVICE)
                .setMaxConnTotal(CONNECTIONS_PER_SERVICE * Upstream.values().length)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER_BYTES).build())
                        .build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .setValidateAfterInactivity(TimeValue.of(CHECK_AFTER_IDLE))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(WAIT_FOR_CONNECTION_LIMIT))
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
