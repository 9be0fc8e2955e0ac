package io.cpdevents.platform.error;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Refusals and failures as problem+json, wherever they arise. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
public class ErrorConfiguration {

  @Bean
  ProblemAdvice problemAdvice(ProblemWriter problems) {
    return new ProblemAdvice(problems);
  }

  @Bean
  ProblemErrorController problemErrorController(ProblemWriter problems) {
    return new ProblemErrorController(problems);
  }
}
