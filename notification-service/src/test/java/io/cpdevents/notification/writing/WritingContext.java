package io.cpdevents.notification.writing;

import static org.mockito.Mockito.mock;

import io.cpdevents.notification.organizations.OrganizationQueries;
import io.cpdevents.notification.smtp.SmtpSettings;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.http.WebUrl;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.web.client.RestClient;

/** Every kind of mail, and what writes them, without a database and a mail server. */
final class WritingContext {

  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

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
                    "cpd.registration-url", "http://registration.invalid",
                    "cpd.billing-url", "http://billing.invalid")));
    context.registerBean(
        InternalClients.class,
        () ->
            new InternalClients(
                RestClient.builder(), "token", CircuitBreakerRegistry.ofDefaults()));
    context.registerBean(OrganizationQueries.class, () -> mock(OrganizationQueries.class));
    context.registerBean(WebUrl.class, () -> new WebUrl(URI.create("https://cpd.example")));
    context.registerBean(
        SmtpSettings.class,
        () -> new SmtpSettings("127.0.0.1", 25, "", "", false, "events@cpd.example", "CPD Events"));
    context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
    context.register(MailKinds.class, MailWriter.class, WritingConfiguration.class);
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, false);
    scanner.addIncludeFilter(new AssignableTypeFilter(MailKind.class));
    scanner.addIncludeFilter(new AssignableTypeFilter(ContentSource.class));
    scanner.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*\\.CalendarFile")));
    scanner.scan("io.cpdevents.notification");
    context.refresh();
    return context;
  }
}
