package io.cpdevents.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.connections.TrustedProxies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class ForwardedHeadersWarningTest {

  private static final String WARNING = "ALL CALLERS SHARE ONE ADDRESS";

  private final ApplicationContextRunner gateway =
      new ApplicationContextRunner()
          .withInitializer(new ConfigDataApplicationContextInitializer())
          .withUserConfiguration(WarningAlone.class)
          .withPropertyValues("CPD_INTERNAL_TOKEN=secret");

  @Test
  void a_public_url_over_tls_without_a_forwarding_strategy_is_warned_about(CapturedOutput output) {
    start("CPD_PUBLIC_URL=https://events.example.org");

    assertThat(output).contains(WARNING, "SERVER_FORWARD_HEADERS_STRATEGY=native");
  }

  @Test
  void a_strategy_that_ignores_forwarding_headers_is_warned_about_too(CapturedOutput output) {
    start(
        "CPD_PUBLIC_URL=https://events.example.org",
        "server.forward-headers-strategy=none",
        "spring.main.cloud-platform=kubernetes");

    assertThat(output).contains(WARNING);
  }

  @Test
  void no_cloud_platform_decides_that_forwarding_headers_are_believed(CapturedOutput output) {
    start("CPD_PUBLIC_URL=https://events.example.org", "spring.main.cloud-platform=kubernetes");

    assertThat(output).contains(WARNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"framework", ""})
  void what_would_believe_headers_of_anybody_does_not_start(String strategy) {
    gateway
        .withPropertyValues("server.forward-headers-strategy=" + strategy)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("SERVER_FORWARD_HEADERS_STRATEGY must be native"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.forward-headers-strategy=native",
        "CPD_PUBLIC_URL=http://localhost:8080",
      })
  void nothing_is_warned_about_when_forwarding_headers_are_trusted_or_there_is_no_tls(
      String property, CapturedOutput output) {
    start("CPD_PUBLIC_URL=https://events.example.org", property);

    assertThat(output).doesNotContain(WARNING);
  }

  private void start(String... properties) {
    gateway
        .withPropertyValues(properties)
        .run(context ->
            context.getBean(ForwardedHeadersWarning.class).run(new DefaultApplicationArguments()));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({GatewaySettings.class, ServerProperties.class})
  @Import({ForwardedHeadersWarning.class, TrustedProxies.class})
  static class WarningAlone {}
}
