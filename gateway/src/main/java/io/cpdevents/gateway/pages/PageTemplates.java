package io.cpdevents.gateway.pages;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.DigestUtils;
import org.springframework.web.util.HtmlUtils;

/**
 * Makes a page of its HTML and its words. In the HTML, <code>{{a.line}}</code> stands for a line of
 * {@code messages_*.properties} and <code>{{>a-part}}</code> for HTML that pages share. The script
 * {@code page.js} then shows and fills elements; it has no words of its own.
 */
final class PageTemplates {

  private static final String FOLDER = "pages/";
  private static final String LAYOUT = "layout.html";
  private static final String THE_PAGE_ITSELF = "page";
  private static final int VERSION_CHARACTERS = 8;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(>?)([a-z0-9.-]+)}}");

  private final WebPage page;
  private final Map<String, String> settings;
  private final Properties words;

  private PageTemplates(WebPage page, PageLanguage language) {
    this.page = page;
    this.words = words(language);
    String name = page.fileName().replace(".html", "");
    this.settings =
        Map.of(
            "page.language", language.tag(),
            "page.name", name,
            "page.title", words.getProperty(name + ".page-title"),
            // Browsers keep script and style for an hour, but never those of another version.
            "page.script-version", versionOf("assets/page.js"),
            "page.style-version", versionOf("assets/page.css"));
  }

  /** The whole page in this language. */
  static String render(WebPage page, PageLanguage language) {
    return new PageTemplates(page, language).filled(LAYOUT);
  }

  private String filled(String file) {
    return PLACEHOLDER.matcher(text(file)).replaceAll(this::replacement);
  }

  private String replacement(MatchResult placeholder) {
    boolean isPart = !placeholder.group(1).isEmpty();
    String name = placeholder.group(2);
    return Matcher.quoteReplacement(isPart ? part(name) : value(name));
  }

  private String part(String name) {
    return filled(name.equals(THE_PAGE_ITSELF) ? page.fileName() : "parts/" + name + ".html");
  }

  private String value(String name) {
    String value = settings.getOrDefault(name, words.getProperty(name));
    if (value == null) {
      throw new IllegalStateException("no line of the pages' words is named " + name);
    }
    return HtmlUtils.htmlEscape(value, StandardCharsets.UTF_8.name());
  }

  /** The lines in this language by their names. */
  static Properties words(PageLanguage language) {
    Properties words = new Properties();
    String file = "messages_" + language.tag() + ".properties";
    try (Reader reader =
        new InputStreamReader(resource(file).getInputStream(), StandardCharsets.UTF_8)) {
      words.load(reader);
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versionOf(String file) {
    return DigestUtils.md5DigestAsHex(text(file).getBytes(StandardCharsets.UTF_8))
        .substring(0, VERSION_CHARACTERS);
  }

  private static String text(String file) {
    try {
      return resource(file).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassPathResource resource(String file) {
    return new ClassPathResource(FOLDER + file);
  }
}
