package io.cpdevents.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Common settings of all services; a service's own configuration and the environment override them.
 */
public final class PlatformDefaults implements EnvironmentPostProcessor {

  private static final String RESOURCE = "platform-defaults.properties";
  private static final String SERVICE_SUFFIX = "-service";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    try {
      environment
          .getPropertySources()
          .addLast(new ResourcePropertySource(RESOURCE, new ClassPathResource(RESOURCE)));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
    String name = environment.getProperty("spring.application.name", "service");
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("cpd-service", Map.of("cpd.service", shortName(name))));
  }

  /** The service's name in paths and topics: {@code billing-service} is {@code billing}. */
  private static String shortName(String serviceName) {
    return serviceName.endsWith(SERVICE_SUFFIX)
        ? serviceName.substring(0, serviceName.length() - SERVICE_SUFFIX.length())
        : serviceName;
  }
}
