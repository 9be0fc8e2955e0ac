package io.cpdevents.platform.idempotency;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Configures API idempotency for every service with a database. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnBean(JdbcClient.class)
public class IdempotencyConfiguration {

  /** After Spring Security (-100), so that the caller is known. */
  private static final int FILTER_ORDER = 0;

  private static final Duration REMOVE_INTERVAL = Duration.ofMinutes(10);

  @Bean
  FilterRegistrationBean<IdempotencyFilter> idempotency(
      JdbcClient jdbc,
      JsonMapper json,
      ProblemWriter problems,
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mapping,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures,
      Environment environment) {
    String secret = environment.getProperty("cpd.security.internal-token", "");
    FilterRegistrationBean<IdempotencyFilter> registration =
        new FilterRegistrationBean<>(
            new IdempotencyFilter(
                new PostEndpoints(mapping::getObject),
                store(jdbc),
                json,
                problems,
                failures,
                secret,
                environment.getProperty("spring.servlet.multipart.enabled", Boolean.class, true)));
    registration.setOrder(FILTER_ORDER);
    return registration;
  }

  @Bean
  RecurringTask<Void> oldIdempotencyKeySweep(JdbcClient jdbc) {
    IdempotencyStore store = store(jdbc);
    return Jobs.sweep("remove-old-idempotency-keys", REMOVE_INTERVAL, store::removeOld);
  }

  @Bean
  DocumentedIdempotencyKey documentedIdempotencyKey() {
    return new DocumentedIdempotencyKey();
  }

  @Bean
  WebMvcConfigurer idempotencyRules() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new IdempotencyRules()).order(1);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new IntentResolver());
      }
    };
  }

  private static IdempotencyStore store(JdbcClient jdbc) {
    return new IdempotencyStore(jdbc, Clock.systemUTC());
  }
}
