package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** "Where do I change X?" is worth something only while the files that it names exist. */
class DocumentLinksTest {

  private static final Path PROJECT = CommittedFiles.project();
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)");

  @Test
  void every_link_of_the_documents_leads_to_a_file() {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(CommittedFiles.readIfThere(document));
      while (link.find()) {
        Path target = document.resolveSibling(Objects.requireNonNull(link.group(1)));
        if (!Files.exists(target)) {
          dead.add(PROJECT.relativize(document) + " names " + link.group(1));
        }
      }
    }
    assertThat(dead).as("links that lead nowhere").isEmpty();
  }

  @Test
  void every_decision_is_listed() {
    String list = CommittedFiles.readIfThere(PROJECT.resolve("docs/adr/README.md"));
    for (String decision : CommittedFiles.namesIn(PROJECT.resolve("docs/adr"))) {
      if (!decision.equals("README.md")) {
        assertThat(list).contains("(" + decision + ")");
      }
    }
  }

  private static List<Path> documents() {
    List<Path> documents = new ArrayList<>();
    addMarkdownIn(PROJECT, documents);
    try (Stream<Path> folders = Files.walk(PROJECT.resolve("docs"))) {
      folders.filter(Files::isDirectory).forEach(folder -> addMarkdownIn(folder, documents));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String module : CommittedFiles.namesIn(PROJECT)) {
      Path readme = PROJECT.resolve(module).resolve("README.md");
      if (Files.exists(readme)) {
        documents.add(readme);
      }
    }
    return documents;
  }

  private static void addMarkdownIn(Path folder, List<Path> documents) {
    CommittedFiles.namesIn(folder).stream()
        .filter(name -> name.endsWith(".md"))
        .map(folder::resolve)
        .forEach(documents::add);
  }
}
