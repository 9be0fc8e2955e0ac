package io.cpdevents.platform.web;

import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.observability.TraceContext;
import io.cpdevents.platform.security.Caller;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.Validator;
import java.util.Currency;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Configures the API's JSON, pages, patches and body limit. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
public class WebConfiguration {

  private static final long MAX_BODY_BYTES = 1024 * 1024;

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Caller.class, Intent.class, PageRequest.class)
        .replaceWithSchema(Currency.class, new StringSchema().pattern("[A-Z]{3}").example("CAD"));
  }

  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return StrictJson::configure;
  }

  @Bean
  JsonFactory jsonFactory() {
    return StrictJson.factory();
  }

  @Bean
  ProblemWriter problemWriter(
      @Value("${cpd.public-url}") String publicUrl, JsonMapper json, TraceContext traceContext) {
    return new ProblemWriter(publicUrl, json, traceContext);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(
      Environment environment, ProblemWriter problems) {
    long limitBytes = environment.getProperty("cpd.limits.body-bytes", Long.class, MAX_BODY_BYTES);
    FilterRegistrationBean<BodyLimitFilter> registration =
        new FilterRegistrationBean<>(new BodyLimitFilter(limitBytes, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  MergePatch mergePatch(JsonMapper json, Validator validator) {
    return new MergePatch(json, validator);
  }

  @Bean
  WebMvcConfigurer pages() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageRequestResolver());
      }
    };
  }
}
