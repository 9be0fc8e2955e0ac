package io.cpdevents.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/** Settings that all services share; a service's own configuration and the environment win. */
public final class PlatformDefaults implements EnvironmentPostProcessor {

  private static final String RESOURCE = "platform-defaults.properties";

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
  }
}
