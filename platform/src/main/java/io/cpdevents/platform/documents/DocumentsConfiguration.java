package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Configures what the service's OpenAPI document says. */
@AutoConfiguration
public class DocumentsConfiguration {

  /** springdoc knows no order of its customizers, and each of these needs the ones before it. */
  private record InOrder(List<GlobalOpenApiCustomizer> customizers)
      implements GlobalOpenApiCustomizer {
    @Override
    public void customise(OpenAPI document) {
      customizers.forEach(each -> each.customise(document));
    }
  }

  @Bean
  DocumentedRecords documentedRecords() {
    return new DocumentedRecords();
  }

  @Bean
  DocumentedProblems documentedProblems() {
    return new DocumentedProblems();
  }

  @Bean
  DocumentedDigits documentedDigits() {
    return new DocumentedDigits();
  }

  @Bean
  DocumentedConventions documentedConventions() {
    return new DocumentedConventions();
  }

  @Bean
  DocumentedOperations documentedOperations(@Value("${cpd.service}") String service) {
    return new DocumentedOperations(service);
  }

  @Bean
  GlobalOpenApiCustomizer documentedSchemas(
      DocumentedRecords records,
      DocumentedProblems problems,
      @Value("${spring.application.name:service}") String serviceName,
      @Value("${cpd.public-url}") String publicUrl) {
    return new InOrder(
        List.<GlobalOpenApiCustomizer>of(
            document -> document.getInfo().title(serviceName + " — CPD Events"),
            // Only the gateway can be called, whoever made the document.
            document -> document.setServers(List.of(new Server().url(publicUrl))),
            DocumentedConventions::describe,
            problems::describe,
            records::describe,
            new DocumentedBodies()::customise,
            new DocumentedPatterns(),
            new DocumentedExamples(publicUrl),
            new DocumentedNames()));
  }
}
