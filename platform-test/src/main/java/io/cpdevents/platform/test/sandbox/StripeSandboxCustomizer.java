package io.cpdevents.platform.test.sandbox;

import io.cpdevents.platform.test.HouseDocs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Lets a test context call the sandbox as Stripe. The sandbox starts while the context does. */
record StripeSandboxCustomizer(String webhooks, String webhookSecret) implements ContextCustomizer {

  /** One for the JVM, as the sandbox. */
  private static final class Shared {
    private static final StripeConnection CONNECTION =
        new StripeConnection(SandboxServer.shared().url());
  }

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    StripeConnection connection = Shared.CONNECTION;
    StripeSandbox sandbox =
        new StripeSandbox(SandboxServer.shared(), endpoint(context.getEnvironment()));
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "stripe-sandbox",
                Map.of(
                    "cpd.stripe.api-base",
                    connection.url(),
                    "cpd.stripe.api-key",
                    StripeSandbox.API_KEY)));
    BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
    registry.registerBeanDefinition(
        "stripeSandbox",
        BeanDefinitionBuilder.genericBeanDefinition(StripeSandbox.class, () -> sandbox)
            .getBeanDefinition());
    registry.registerBeanDefinition(
        "stripeConnection",
        BeanDefinitionBuilder.genericBeanDefinition(StripeConnection.class, () -> connection)
            .getBeanDefinition());
  }

  private Optional<StripeSandbox.Webhooks> endpoint(Environment environment) {
    return webhooks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StripeSandbox.Webhooks(
                () ->
                    "http://127.0.0.1:"
                        + environment.getRequiredProperty("local.server.port")
                        + webhooks,
                webhookSecret,
                subscribedEvents()));
  }

  /** What the endpoint at Stripe is subscribed to: the paragraph under its path. */
  private List<String> subscribedEvents() {
    Path list = HouseDocs.repositoryRoot().resolve("deploy/stripe/webhook-events.txt");
    try {
      return Files.readAllLines(list).stream()
          .dropWhile(line -> !line.startsWith("# " + webhooks + ":"))
          .skip(1)
          .takeWhile(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + list, e);
    }
  }
}
