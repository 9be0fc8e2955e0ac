package io.cpdevents.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class GatewaySettingsTest {

  private final ApplicationContextRunner gateway =
      new ApplicationContextRunner()
          .withInitializer(new ConfigDataApplicationContextInitializer())
          .withUserConfiguration(SettingsAlone.class);

  @Test
  void without_an_internal_token_the_gateway_does_not_start() {
    gateway
        .withPropertyValues("CPD_INTERNAL_TOKEN=")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith("CPD_INTERNAL_TOKEN must be set"));
  }

  @Test
  void only_the_internal_token_has_no_default() {
    gateway
        .withPropertyValues("CPD_INTERNAL_TOKEN=secret")
        .run(context ->
            assertThat(context.getBean(GatewaySettings.class).internalToken()).isEqualTo("secret"));
  }

  @Test
  void the_local_profile_has_an_internal_token() {
    gateway
        .withPropertyValues("spring.profiles.active=local")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(GatewaySettings.class)
  static class SettingsAlone {}
}
