package io.cpdevents.payout.statements.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/** The forms of a statement besides JSON. */
@Configuration(proxyBeanMethods = false)
class StatementForms {

  @Bean
  StatementForm statementCsv() {
    return new StatementForm(
        MediaType.parseMediaType(StatementController.CSV), StatementCsv::write);
  }

  @Bean
  StatementForm statementPdf() {
    return new StatementForm(MediaType.APPLICATION_PDF, StatementPdf::write);
  }
}
