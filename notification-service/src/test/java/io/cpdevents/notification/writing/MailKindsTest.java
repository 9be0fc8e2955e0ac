package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Letter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import io.cpdevents.platform.sql.DatabaseJson;
import io.cpdevents.platform.sql.Parameters;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;

/** Holds the kinds of mails, their templates and their lines in every language together. */
class MailKindsTest {

  private static final AnnotationConfigApplicationContext CONTEXT = WritingContext.start();
  private static final MailKinds KINDS = CONTEXT.getBean(MailKinds.class);
  private static final MailWriter WRITER = CONTEXT.getBean(MailWriter.class);
  private static final Map<String, Properties> BUNDLES = bundles();

  private static final Pattern LINE = Pattern.compile("#\\{([\\w.-]+)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern PART = Pattern.compile("~\\{(parts/[\\w.-]+)");
  private static final Pattern PARAMETERS = Pattern.compile("th:fragment=\"\\w+\\(([^)]*)\\)");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern LOOP_VARIABLE = Pattern.compile("th:each=\"(\\w+) :");
  private static final Pattern VARIABLE = Pattern.compile("(?<![\\w.#'])[a-z]\\w*");
  private static final Set<String> OPERATORS = Set.of("null", "and", "or", "not");
  private static final Set<String> IN_EVERY_MAIL = Set.of("name");

  private static final String EVIL = "<script>alert('x')</script> & {0} ${x} [[${y}]] 's";

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  static Stream<MailKind<?, ?>> kinds() {
    return CONTEXT.getBeanProvider(MailKind.class).stream().map(kind -> (MailKind<?, ?>) kind);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_mail_is_written_without_holes_in_each_language_whatever_is_missing(MailKind<?, ?> kind) {
    for (String language : BUNDLES.keySet()) {
      List<Letter> letters = letters(kind, "Wound care", language);

      assertThat(letters).isNotEmpty();
      for (Letter letter : letters) {
        assertThat(letter.language().getLanguage()).isEqualTo(language);
        for (String part : List.of(letter.subject(), letter.text(), letter.html())) {
          assertThat(part)
              .as(kind.template())
              .isNotBlank()
              .doesNotContain("??", "${", "#{", "[(", "[/]", " th:")
              .doesNotContainPattern("\\bnull\\b");
        }
        assertThat(letter.subject()).doesNotContain("\n");
        assertThat(letter.text()).doesNotContain("\n\n\n");
        assertThat(letter.html()).contains("<html").contains("lang=\"" + language + "\"");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_people_typed_is_escaped_in_html_and_never_evaluated(MailKind<?, ?> kind) {
    for (Letter letter : letters(kind, EVIL, "en")) {
      assertThat(letter.html()).as(kind.template()).doesNotContain("<script>");
      boolean showsIt = letter.text().contains("<script>");
      assertThat(letter.html().contains("&lt;script&gt;")).isEqualTo(showsIt);
      if (showsIt) {
        assertThat(letter.text()).contains(EVIL);
      }
    }
  }

  @Test
  void every_mail_has_a_text_and_an_html_template_and_every_template_is_of_a_mail() {
    Set<String> templates = kinds().map(MailKind::template).collect(Collectors.toSet());

    assertThat(names("mails/text/*")).isEqualTo(with(templates, ".txt"));
    assertThat(names("mails/html/*")).isEqualTo(with(templates, ".html"));
  }

  @Test
  void the_readme_has_a_row_for_each_mail() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String table =
        readme.substring(readme.indexOf("## The mails"), readme.indexOf("One act is one mail"));
    Set<String> rows =
        table
            .lines()
            .filter(row -> row.startsWith("| `"))
            .flatMap(row -> CODE.matcher(row.split("\\|")[1]).results())
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(rows).isEqualTo(kinds().map(MailKind::template).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void both_templates_show_each_value_of_the_model_and_no_other(MailKind<?, ?> kind) {
    Set<String> model =
        Arrays.stream(modelOf(kind).getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.toSet());
    for (String file : filesOf(kind.template())) {
      Set<String> shown = variables(withParts(file));

      assertThat(shown).as("what %s shows", file).containsAll(model);
      shown.removeAll(IN_EVERY_MAIL);
      assertThat(model).as("what %s shows", file).containsAll(shown);
    }
  }

  @Test
  void a_template_names_its_own_lines_and_common_ones_and_each_line_is_used() {
    Set<String> used = new TreeSet<>();
    for (String layout : List.of("layout.txt", "layout.html")) {
      used.addAll(matches(LINE, content("mails/" + layout)));
    }
    phrases().forEach(phrase -> used.add(Lines.key(phrase)));
    kinds()
        .map(MailKind::template)
        .forEach(template ->
            filesOf(template)
                .forEach(file -> {
                  Set<String> lines = matches(LINE, withParts(file));
                  assertThat(lines)
                      .as("lines of %s", file)
                      .allMatch(
                          line -> line.startsWith(template + ".") || line.startsWith("common."));
                  used.addAll(lines);
                }));

    BUNDLES.forEach((language, lines) ->
        assertThat(lines.stringPropertyNames()).as("lines in %s", language).isEqualTo(used));
  }

  @Test
  void a_text_begins_with_the_subject_line() {
    kinds()
        .map(MailKind::template)
        .forEach(template ->
            assertThat(content("mails/text/" + template + ".txt"))
                .startsWith("[(#{" + template + ".subject"));
  }

  @Test
  void a_stored_subject_is_read_as_it_was_written() {
    kinds()
        .forEach(kind -> {
          MailSubject subject = Samples.of(kind.subjectType(), "text", "en").getFirst();

          assertThat(KINDS.read(kind.template(), json(subject))).isEqualTo(subject);
          assertThat(KINDS.draft(subject).map(Draft::template)).contains(kind.template());
        });
  }

  @Test
  void a_mail_of_another_release_cannot_be_sent_and_keeps_what_it_is_about() {
    UUID organizationId = UUID.randomUUID();
    String subject = "{\"organizationId\": \"%s\", \"answer\": 42}".formatted(organizationId);

    // A kind that is not here, and one whose subject has other fields.
    for (String template : List.of("mail-of-tomorrow", "registration-confirmation")) {
      MailSubject read = KINDS.read(template, subject);

      assertThat(KINDS.draft(read)).isEmpty();
      assertThat(read.organizationId()).isEqualTo(organizationId);
      assertThat(read.registrationId()).isNull();
      assertThat(DatabaseJson.read(json(read), JsonNode.class))
          .isEqualTo(DatabaseJson.read(subject, JsonNode.class));
    }
  }

  @Test
  void two_kinds_cannot_share_a_template_or_a_subject() {
    MailKind<?, ?> one = kinds().findFirst().orElseThrow();

    assertThatThrownBy(() -> new MailKinds(List.of(one, one)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** The letters of all samples but those for which there is nothing to tell any more. */
  private static <S extends MailSubject, C> List<Letter> letters(
      MailKind<S, C> kind, String text, String language) {
    List<Letter> letters = new ArrayList<>();
    Recipient account = new Recipient.Known("ada@cpd.example", "Ada", language, "America/Toronto");
    for (S subject : Samples.of(kind.subjectType(), text, language)) {
      Draft<?, ?> draft = KINDS.draft(subject).orElseThrow();
      for (C content : Samples.of(kind.source().contentType(), text, language)) {
        Map<UUID, C> told = Map.of(draft.contentId(), content);
        if (WRITER.write(draft, told, account) instanceof Writing.Written written) {
          letters.add(written.letter());
        }
      }
    }
    return letters;
  }

  /** The record that a kind's method {@code model} answers. */
  private static Class<?> modelOf(MailKind<?, ?> kind) {
    return Arrays.stream(kind.getClass().getDeclaredMethods())
        .filter(method -> method.getName().equals("model") && !method.isBridge())
        .map(Method::getGenericReturnType)
        .flatMap(type ->
            type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
                ? Stream.of((Class<?>) optional.getActualTypeArguments()[0])
                : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  /** A template and, behind it, the parts that it puts in. */
  private static String withParts(String file) {
    String template = content("mails/" + file);
    return template
        + matches(PART, template).stream()
            .map(part -> content("mails/" + part))
            .collect(Collectors.joining());
  }

  /** Every constant of every enumeration that has words. */
  private static List<Phrase> phrases() {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Phrase.class));
    return scanner.findCandidateComponents("io.cpdevents.notification").stream()
        .map(candidate ->
            ClassUtils.resolveClassName(Objects.requireNonNull(candidate.getBeanClassName()), null))
        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
        .map(Phrase.class::cast)
        .toList();
  }

  private static Set<String> variables(String template) {
    Set<String> variables = new TreeSet<>();
    for (String expression : matches(EXPRESSION, template)) {
      variables.addAll(VARIABLE.matcher(expression).results().map(MatchResult::group).toList());
    }
    variables.removeAll(matches(LOOP_VARIABLE, template));
    matches(PARAMETERS, template)
        .forEach(parameters -> variables.removeAll(List.of(parameters.split(", "))));
    variables.removeAll(OPERATORS);
    return variables;
  }

  private static Set<String> matches(Pattern pattern, String template) {
    return pattern
        .matcher(template)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> filesOf(String template) {
    return List.of("text/" + template + ".txt", "html/" + template + ".html");
  }

  private static Set<String> with(Set<String> templates, String ending) {
    return templates.stream().map(template -> template + ending).collect(Collectors.toSet());
  }

  private static String json(MailSubject subject) {
    return String.valueOf(Parameters.json(subject).getValue());
  }

  /** The lines by language. */
  private static Map<String, Properties> bundles() {
    Map<String, Properties> bundles = new HashMap<>();
    for (String name : names("mails/messages*.properties")) {
      String language =
          name.equals("messages.properties")
              ? "en"
              : name.substring("messages_".length(), name.indexOf('.'));
      Properties lines = new Properties();
      try (Reader reader = reader("mails/" + name)) {
        lines.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bundles.put(language, lines);
    }
    return bundles;
  }

  private static Set<String> names(String pattern) {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver().getResources("classpath:" + pattern))
          .map(Resource::getFilename)
          .map(String::valueOf)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(String file) {
    try (Reader reader = reader(file)) {
      return reader.readAllAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader reader(String file) throws IOException {
    return new InputStreamReader(
        new PathMatchingResourcePatternResolver().getResource("classpath:" + file).getInputStream(),
        StandardCharsets.UTF_8);
  }
}
