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
  void without_a_web_app_there_is_no_web_address() {
    gateway
        .withPropertyValues("CPD_INTERNAL_TOKEN=secret", "CPD_WEB_URL=")
        .run(context ->
            assertThat(context.getBean(GatewaySettings.class).webUrl()).as("web URL").isNull());
  }

  @Test
  void browsers_refuse_a_cookie_for_other_sites_on_plain_http_and_so_does_the_start() {
    gateway
        .withPropertyValues("CPD_INTERNAL_TOKEN=secret", "CPD_COOKIE_SAME_SITE=none")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith("CPD_COOKIE_SAME_SITE=none needs an https"));
    gateway
        .withPropertyValues(
            "CPD_INTERNAL_TOKEN=secret",
            "CPD_COOKIE_SAME_SITE=none",
            "CPD_PUBLIC_URL=https://api.example")
        .run(context -> assertThat(context).hasNotFailed());
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
