package io.cpdevents.platform.web;

import io.cpdevents.platform.documents.DocumentedConventions;
import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.observability.TraceContext;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.DocumentedText;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures how the API reads and writes JSON, pages, patches and text, and the size limits of
 * request bodies.
 */
@AutoConfiguration(
    beforeName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
public class WebConfiguration {

  private static final long MAX_BODY_BYTES = 1024 * 1024;

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(
            Caller.class, Intent.class, PageRequest.class, Period.class, IfMatch.class)
        .replaceWithSchema(Currency.class, DocumentedConventions.currency());
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
  FilterRegistrationBean<RequestBodyFilter> requestBodies(
      Environment environment, ProblemWriter problems) {
    long limitBytes = environment.getProperty("cpd.limits.body-bytes", Long.class, MAX_BODY_BYTES);
    long uploadBytes = environment.getProperty("cpd.limits.upload-bytes", Long.class, limitBytes);
    FilterRegistrationBean<RequestBodyFilter> registration =
        new FilterRegistrationBean<>(new RequestBodyFilter(limitBytes, uploadBytes, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  Draining draining(ApplicationContext context, @Value("${cpd.drain-time}") Duration time) {
    return new Draining(context, time);
  }

  @Bean
  BodyReader bodyReader(JsonMapper json, Validator validator) {
    return new BodyReader(json, validator);
  }

  @Bean
  MergePatch mergePatch(JsonMapper json, BodyReader bodyReader) {
    return new MergePatch(json, bodyReader);
  }

  @Bean
  Versions versions(JsonMapper json) {
    return new Versions(json);
  }

  @Bean
  DocumentedText documentedText() {
    return new DocumentedText();
  }

  @Bean
  WebMvcRegistrations endpointCalls() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new EndpointCalls();
      }
    };
  }

  @Bean
  WebMvcConfigurer requestsAndAnswers(Versions versions, BodyReader bodyReader) {
    return new WebMvcConfigurer() {
      @Override
      public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(list -> OnlyJson.keepJson(list, bodyReader));
      }

      @Override
      public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(OnlyJson::acceptedTypes));
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageRequestResolver());
        resolvers.add(new PeriodResolver());
        resolvers.add(versions);
      }

      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new KebabCaseConstants());
        ExactText.register(registry);
      }
    };
  }
}
