package io.cpdevents.notification.writing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the words and templates of mails are. */
@Configuration(proxyBeanMethods = false)
class WritingConfiguration {

  private static final String FOLDER = "mails";

  @Bean
  Languages languages() {
    return Languages.in(FOLDER);
  }

  @Bean
  Renderer renderer() {
    return new Renderer(FOLDER);
  }
}
