package io.cpdevents.sandbox.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says to people what they have found here, and shows the README as documentation. */
@RestController
class StartPage {
  private static final String CONTENT =
      """
      <h1>A stand-in for Stripe</h1>
      <p>This program behaves like Stripe's API, version 2026-07-29.dahlia, for local use and tests.
      Programs talk to it under <code>/v1</code> with any key that begins with <code>sk_test_</code>.
      People come here to pay: each checkout has a page of its own.</p>
      <ul>
        <li><a href="/documentation#levers">Levers</a>: how tests make banks decline, dispute and delay</li>
        <li><a href="/documentation#paying">Test cards</a></li>
        <li><a href="/documentation">All of the documentation</a></li>
        <li><a href="/_sandbox/state">State</a> and <a href="/_sandbox/clock">clock</a>, as JSON</li>
      </ul>
      """;

  @GetMapping("/")
  ResponseEntity<String> start() {
    return HtmlPage.of(HttpStatus.OK, "Stripe sandbox", CONTENT);
  }

  @GetMapping("/documentation")
  ResponseEntity<String> documentation() {
    List<Extension> extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    Parser parser = Parser.builder().extensions(extensions).build();
    HtmlRenderer renderer = HtmlRenderer.builder().extensions(extensions).build();
    String html = renderer.render(parser.parse(readme()));
    return HtmlPage.of(
        HttpStatus.OK, "Documentation of the Stripe sandbox", "<article>" + html + "</article>");
  }

  private static String readme() {
    try {
      return new ClassPathResource("README.md").getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
