package io.cpdevents.notification.writing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The languages in which mails are written: English, and one more for each {@code
 * messages_xx.properties} beside {@code messages.properties}.
 */
final class Languages {

  private static final Locale ENGLISH = Locale.CANADA;
  private static final Pattern BUNDLE = Pattern.compile("messages_([a-z]{2,3})\\.properties");

  private final Set<String> codes;

  private Languages(Set<String> codes) {
    this.codes = codes;
  }

  /**
   * Those whose lines are in a folder.
   *
   * @param folder of the class path, for example {@code mails}
   */
  static Languages in(String folder) {
    try {
      Resource[] bundles =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:" + folder + "/messages_*.properties");
      return new Languages(
          Stream.concat(
                  Stream.of(ENGLISH.getLanguage()), Arrays.stream(bundles).map(Languages::codeOf))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a person reads who wants this language: it, in the form of the person's country, or
   * English.
   *
   * @param wanted BCP 47; null when the person chose none
   */
  Locale closestTo(@Nullable String wanted) {
    Locale locale = wanted == null ? ENGLISH : Locale.forLanguageTag(wanted);
    return codes.contains(locale.getLanguage()) ? locale : ENGLISH;
  }

  private static String codeOf(Resource bundle) {
    Matcher name = BUNDLE.matcher(String.valueOf(bundle.getFilename()));
    if (!name.matches()) {
      throw new IllegalStateException(bundle + " is of no language");
    }
    return name.group(1);
  }
}
