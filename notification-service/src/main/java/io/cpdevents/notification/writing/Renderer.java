package io.cpdevents.notification.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cpdevents.notification.smtp.Letter;
import java.util.Map;
import java.util.Set;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Makes a letter of a template: its subject and lines come from the bundle {@code mails/messages},
 * its text and HTML from {@code mails/text} and {@code mails/html}. HTML is escaped everywhere.
 */
@Component
class Renderer {

  private final ResourceBundleMessageSource lines = new ResourceBundleMessageSource();
  private final SpringTemplateEngine engine = new SpringTemplateEngine();

  Renderer() {
    lines.setBasename("mails/messages");
    lines.setDefaultEncoding(UTF_8.name());
    // English is the bundle without a language; the machine's own language is nobody's wish.
    lines.setFallbackToSystemLocale(false);
    lines.setAlwaysUseMessageFormat(true);
    engine.setTemplateEngineMessageSource(lines);
    engine.setEnableSpringELCompiler(true);
    engine.addTemplateResolver(resolver("html/", TemplateMode.HTML, ".html"));
    engine.addTemplateResolver(resolver("text/", TemplateMode.TEXT, ".txt"));
  }

  /**
   * The letter.
   *
   * @param template the name of its files and the prefix of its lines
   * @param subjectArguments fill the subject line
   * @param values what the templates show, ready to be read
   */
  Letter render(
      String template,
      String email,
      String name,
      Wording wording,
      Object[] subjectArguments,
      Map<String, Object> values) {
    Context context = new Context(wording.locale(), values);
    return new Letter(
        email,
        name,
        wording.locale(),
        lines.getMessage(template + ".subject", subjectArguments, wording.locale()),
        engine.process("text/" + template, context),
        engine.process("html/" + template, context));
  }

  private static ClassLoaderTemplateResolver resolver(
      String folder, TemplateMode mode, String suffix) {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Renderer.class.getClassLoader());
    resolver.setResolvablePatterns(Set.of(folder + "*"));
    resolver.setPrefix("mails/");
    resolver.setSuffix(suffix);
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding(UTF_8.name());
    resolver.setCacheable(true);
    return resolver;
  }
}
