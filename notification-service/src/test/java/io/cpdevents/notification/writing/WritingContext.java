package io.cpdevents.notification.writing;

import io.cpdevents.platform.http.InternalClients;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.web.client.RestClient;

/** Every kind of mail, and what writes them, without a database and a mail server. */
final class WritingContext {

  private WritingContext() {}

  static AnnotationConfigApplicationContext start() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "owners",
                Map.of(
                    "cpd.accounts-url", "http://accounts.invalid",
                    "cpd.registration-url", "http://registration.invalid")));
    context.registerBean(
        InternalClients.class,
        () ->
            new InternalClients(
                RestClient.builder(), "token", CircuitBreakerRegistry.ofDefaults()));
    context.register(MailKinds.class, MailWriter.class, WritingConfiguration.class);
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, false);
    scanner.addIncludeFilter(new AssignableTypeFilter(MailKind.class));
    scanner.addIncludeFilter(new AssignableTypeFilter(ContentSource.class));
    scanner.scan("io.cpdevents.notification");
    context.refresh();
    return context;
  }
}
