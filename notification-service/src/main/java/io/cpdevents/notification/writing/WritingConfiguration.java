package io.cpdevents.notification.writing;

import io.cpdevents.platform.http.WebUrl;
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
  WebLinks webLinks(WebUrl webUrl) {
    return new WebLinks(webUrl);
  }

  @Bean
  Lines lines() {
    return Lines.in(FOLDER);
  }

  @Bean
  Renderer renderer(Lines lines) {
    return new Renderer(FOLDER, lines);
  }
}
