package io.cpdevents.registration;

import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Another instance of the service on the same database, with connections, queues and jobs of its
 * own. It hears nothing from Kafka, so that the partitions stay with the first one.
 */
final class SecondInstance implements AutoCloseable {

  private static final String OF_THE_TEST = "cpd-integration-test";

  private final ConfigurableApplicationContext context;

  private SecondInstance(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one beside the first, with the same clock. */
  static SecondInstance beside(ConfigurableApplicationContext first) {
    MutableClock clock = first.getBean(MutableClock.class);
    return new SecondInstance(
        new SpringApplicationBuilder(RegistrationApplication.class)
            .initializers(context -> {
              MutablePropertySources sources = context.getEnvironment().getPropertySources();
              sources.addFirst(ofTheTest(first.getEnvironment()));
              sources.addFirst(
                  new MapPropertySource(
                      "second-instance",
                      Map.of("server.port", 0, "spring.kafka.listener.auto-startup", false)));
              ((GenericApplicationContext) context)
                  .registerBean(
                      "mutableClock",
                      MutableClock.class,
                      () -> clock,
                      definition -> definition.setPrimary(true));
            })
            .run());
  }

  private static MapPropertySource ofTheTest(ConfigurableEnvironment environment) {
    return Objects.requireNonNull(
        (MapPropertySource) environment.getPropertySources().get(OF_THE_TEST));
  }

  ApiClient api() {
    return ApiClient.of(() ->
        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
