package io.cpdevents.platform.security;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.error.SecurityEvents;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes every service a resource server for the short-lived tokens that the gateway gets from
 * accounts-service. Who may call an endpoint is declared at the endpoint ({@link AccessRules}).
 */
@AutoConfiguration
public class SecurityConfiguration {

  /** The issuer of access tokens. */
  public static final String ISSUER = "cpd-accounts";

  /** The audience of access tokens. */
  public static final String AUDIENCE = "cpd-services";

  private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

  @Bean
  @Order(1)
  SecurityFilterChain internalEndpoints(HttpSecurity http) throws Exception {
    return stateless(http)
        .securityMatcher("/internal/**", "/actuator/**", "/webhooks/**", "/v3/api-docs/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain apiEndpoints(
      HttpSecurity http, ProblemWriter problems, SecurityEvents securityEvents) throws Exception {
    AuthenticationEntryPoint refusal =
        (request, response, failure) -> {
          if (failure instanceof AuthenticationServiceException) {
            problems.write(
                request,
                response,
                CommonProblem.SERVICE_UNAVAILABLE,
                "Sessions cannot be checked at the moment.");
          } else {
            securityEvents.refused(CommonProblem.SESSION_INVALID, request);
            problems.write(request, response, CommonProblem.SESSION_INVALID);
          }
        };
    return stateless(http)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .oauth2ResourceServer(server ->
            server
                .jwt(_ -> {})
                .authenticationEntryPoint(refusal)
                .withObjectPostProcessor(
                    new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                      @Override
                      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                        // By default, keys that cannot be fetched would lead to a 500.
                        filter.setAuthenticationFailureHandler(refusal::commence);
                        return filter;
                      }
                    }))
        .build();
  }

  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(context ->
            context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
        // The gateway sets the security headers; the other filters have no use here and cost time.
        .headers(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable);
  }

  /** Observing each security filter takes a tenth of a request's time and shows nothing of use. */
  @Bean
  SecurityObservationSettings noSecurityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** The times of tokens are system time. */
  @Bean
  @ConditionalOnMissingBean
  JwtDecoder jwtDecoder(Environment environment) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(environment.getRequiredProperty("cpd.security.jwks-uri"))
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<Jwt>(
            new JwtTimestampValidator(MAX_CLOCK_SKEW),
            new ShortLife(Clock.systemUTC(), MAX_CLOCK_SKEW),
            new JwtIssuerValidator(ISSUER),
            new JwtClaimValidator<List<String>>(
                "aud", audience -> audience != null && audience.contains(AUDIENCE)),
            new JwtClaimValidator<Object>("sub", SecurityConfiguration::isUuid),
            new JwtClaimValidator<Object>(Caller.CLAIM_SESSION, SecurityConfiguration::isUuid)));
    return new CachingJwtDecoder(decoder, Clock.systemUTC());
  }

  @Bean
  RecentProof recentProof(SystemTime systemTime) {
    return new RecentProof(systemTime);
  }

  private static boolean isUuid(@Nullable Object claim) {
    try {
      return claim instanceof String text && !UUID.fromString(text).toString().isEmpty();
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  @Bean
  GlobalOperationCustomizer documentedAccess() {
    return new DocumentedAccess();
  }

  @Bean
  WebMvcConfigurer accessRules(Environment environment, RecentProof recentProof) {
    AccessRules rules =
        new AccessRules(environment.getProperty("cpd.security.internal-token", ""), recentProof);
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(rules).order(0);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
      }
    };
  }
}
