package io.cpdevents.notification.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.smtp.Letter;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.expression.EvaluationContext;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContextWrapper;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Renders a letter from a mail's templates, {@code text/<template>.txt} and {@code
 * html/<template>.html}, and of the lines in {@code messages.properties} that they name. The first
 * line of the text is the subject line of the mail. {@code layout.txt} and {@code layout.html} are
 * around every mail. In HTML, values are escaped.
 */
final class Renderer {

  /** The placeholder in a rendered layout for the mail's own content. */
  private static final String CONTENT = "\0";

  /** Where a template leaves a part out, the blank lines around the part remain. */
  private static final Pattern BLANK_LINES = Pattern.compile("\n{3,}");

  private final SpringTemplateEngine engine = new SpringTemplateEngine();

  /**
   * Remembers how each property of a model is read; the engine would find that out for each file.
   */
  private final EvaluationContext evaluation =
      new ThymeleafEvaluationContext(new StaticApplicationContext(), null);

  /** Rendered layouts by language and file: a layout is the same around every mail. */
  private final Map<String, String> layouts = new ConcurrentHashMap<>();

  /**
   * A renderer of the templates in a folder.
   *
   * @param folder of the class path, for example {@code mails}
   */
  Renderer(String folder, Lines lines) {
    engine.setTemplateEngineMessageSource(lines.source());
    engine.setEnableSpringELCompiler(true);
    engine.addTemplateResolver(resolver(folder, TemplateMode.HTML, ".html"));
    engine.addTemplateResolver(resolver(folder, TemplateMode.TEXT, ".txt"));
  }

  /**
   * Renders the letter.
   *
   * @param model what the templates show, beside the recipient's name
   */
  Letter render(
      String template,
      Recipient.Known recipient,
      Wording wording,
      Record model,
      List<Attachment> attachments) {
    Map<String, @Nullable Object> values = valuesOf(model);
    values.put("name", wording.line(recipient.name()));
    String text =
        BLANK_LINES
            .matcher(fill("text/" + template + ".txt", wording.locale(), values))
            .replaceAll("\n\n");
    String html = fill("html/" + template + ".html", wording.locale(), values);
    int endOfSubject = text.indexOf('\n');
    return new Letter(
        recipient.email(),
        recipient.name(),
        wording.locale(),
        text.substring(0, endOfSubject),
        inLayout("layout.txt", wording.locale(), text.substring(endOfSubject).strip()),
        inLayout("layout.html", wording.locale(), html.strip()),
        attachments);
  }

  private String inLayout(String file, Locale locale, String content) {
    String language = locale.getLanguage();
    return layouts
        .computeIfAbsent(
            language + " " + file, _ -> fill(file, Locale.of(language), Map.of("content", CONTENT)))
        .replace(CONTENT, content);
  }

  private String fill(String file, Locale locale, Map<String, ?> values) {
    Context context = new Context(locale, new HashMap<>(values));
    context.setVariable(
        ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
        new ThymeleafEvaluationContextWrapper(evaluation));
    return engine.process(file, context);
  }

  private static Map<String, @Nullable Object> valuesOf(Record model) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (RecordComponent component : model.getClass().getRecordComponents()) {
      values.put(component.getName(), valueOf(component, model));
    }
    return values;
  }

  private static @Nullable Object valueOf(RecordComponent component, Record model) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(model);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static ClassLoaderTemplateResolver resolver(
      String folder, TemplateMode mode, String suffix) {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Renderer.class.getClassLoader());
    resolver.setResolvablePatterns(Set.of("*" + suffix));
    resolver.setPrefix(folder + "/");
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding(UTF_8.name());
    resolver.setCacheable(true);
    return resolver;
  }
}
