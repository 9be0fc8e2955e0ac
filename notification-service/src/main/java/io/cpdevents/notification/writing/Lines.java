package io.cpdevents.notification.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The lines of every mail, in every language. */
final class Lines {

  private final MessageSource source;

  private Lines(MessageSource source) {
    this.source = source;
  }

  /**
   * The lines in a folder's {@code messages.properties} and beside it.
   *
   * @param folder of the class path, for example {@code mails}
   */
  static Lines in(String folder) {
    ResourceBundleMessageSource lines = new ResourceBundleMessageSource();
    lines.setBasename(folder + "/messages");
    lines.setDefaultEncoding(UTF_8.name());
    // English is the bundle without a language; the machine's own language is nobody's wish.
    lines.setFallbackToSystemLocale(false);
    lines.setAlwaysUseMessageFormat(true);
    return new Lines(lines);
  }

  MessageSource source() {
    return source;
  }

  String of(Phrase phrase, Locale locale) {
    return source.getMessage(key(phrase), null, locale);
  }

  static String key(Phrase phrase) {
    return kebabCase(phrase.getClass().getSimpleName()) + "." + kebabCase(phrase.name());
  }

  /**
   * {@code DisputeReason} and {@code NOT_RECEIVED} become {@code dispute-reason} and {@code
   * not-received}.
   */
  private static String kebabCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
