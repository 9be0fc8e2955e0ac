package io.cpdevents.platform.error;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Configures that refusals and failures are answered as problem+json, wherever they occur. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
public class ErrorConfiguration {

  @Bean
  SecurityEvents securityEvents(MeterRegistry meters) {
    return new SecurityEvents(meters);
  }

  @Bean
  ProblemAdvice problemAdvice(
      ProblemWriter problems,
      SecurityEvents securityEvents,
      @Value("${cpd.problems.hold-to-document:false}") boolean holdsToDocument) {
    return new ProblemAdvice(problems, securityEvents, holdsToDocument);
  }

  @Bean
  ProblemErrorController problemErrorController(ProblemWriter problems) {
    return new ProblemErrorController(problems);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatProblems(ProblemWriter problems) {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            // Tomcat adds no valve of its own when one of this class is there.
            host.setErrorReportValveClass(ProblemErrorReportValve.class.getName());
            host.getPipeline().addValve(new ProblemErrorReportValve(problems));
          }
        });
  }
}
