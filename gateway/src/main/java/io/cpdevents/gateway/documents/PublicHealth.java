package io.cpdevents.gateway.documents;

import io.cpdevents.gateway.routes.Reading;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers everybody whether the gateway is up, without any detail. */
@Configuration(proxyBeanMethods = false)
class PublicHealth {

  @Bean
  RouterFunction<ServerResponse> publicHealthRoute(ApplicationAvailability availability) {
    return RouterFunctions.route(Reading.of("/health"), _ -> answer(availability));
  }

  private static ServerResponse answer(ApplicationAvailability availability) {
    return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
        ? ServerResponse.ok().body(Map.of("status", "up"))
        : ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("status", "down"));
  }
}
