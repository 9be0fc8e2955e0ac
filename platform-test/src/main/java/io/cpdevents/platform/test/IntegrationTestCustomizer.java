package io.cpdevents.platform.test;

import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives a test context its database, its empty topics, its clock, its recorder, and what speaks to
 * the service: a client of its API and a teller of facts.
 */
record IntegrationTestCustomizer() implements ContextCustomizer {

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    Infrastructure infrastructure = Infrastructure.shared();
    TestDatabase database = infrastructure.createDatabase();
    EmptiedTopics topics = EmptiedTopics.at(infrastructure.bootstrapServers());
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource("cpd-integration-test", properties(database, infrastructure)));
    BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
    BeanDefinition clock =
        BeanDefinitionBuilder.genericBeanDefinition(MutableClock.class, MutableClock::new)
            .getBeanDefinition();
    clock.setPrimary(true);
    registry.registerBeanDefinition("mutableClock", clock);
    registry.registerBeanDefinition(
        "recordedEvents",
        BeanDefinitionBuilder.genericBeanDefinition(
                RecordedEvents.class, () -> RecordedEvents.startingAt(topics))
            .setDestroyMethodName("close")
            .setLazyInit(false)
            .getBeanDefinition());
    registry.registerBeanDefinition(
        "facts",
        BeanDefinitionBuilder.genericBeanDefinition(
                Facts.class, () -> Facts.to(infrastructure.bootstrapServers()))
            .setDestroyMethodName("close")
            .setLazyInit(true)
            .getBeanDefinition());
    Environment environment = context.getEnvironment();
    registry.registerBeanDefinition(
        "apiClient",
        BeanDefinitionBuilder.genericBeanDefinition(
                ApiClient.class,
                () ->
                    ApiClient.of(() ->
                        "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port")))
            .getBeanDefinition());
    registry.registerBeanDefinition(
        "testDatabase",
        BeanDefinitionBuilder.genericBeanDefinition(TestDatabase.class, () -> database)
            .getBeanDefinition());
  }

  private static Map<String, Object> properties(
      TestDatabase database, Infrastructure infrastructure) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.runtimeRole());
    properties.put("spring.datasource.password", database.runtimePassword());
    properties.put("spring.flyway.user", database.owner());
    properties.put("spring.flyway.password", database.ownerPassword());
    properties.put("spring.flyway.placeholders.runtimeRole", database.runtimeRole());
    // Sweeps of every second, for which tests wait, would else come every two.
    properties.put("db-scheduler.polling-interval", "200ms");
    properties.put("spring.kafka.bootstrap-servers", infrastructure.bootstrapServers());
    // Another context of this JVM, not yet closed, must not take this one's partitions.
    properties.put("spring.kafka.consumer.group-id", "test-" + database.name());
    properties.put("cpd.security.jwks-uri", TestTokens.jwksUri());
    // A refusal that the OpenAPI document does not name is a failure.
    properties.put("cpd.problems.hold-to-document", true);
    return properties;
  }
}
