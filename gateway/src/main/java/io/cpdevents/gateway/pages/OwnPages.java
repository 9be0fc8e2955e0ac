package io.cpdevents.gateway.pages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers with a page of the gateway's own in the language that the browser prefers. The pages are
 * the same for everybody: their script asks the API for what they show of a person.
 */
final class OwnPages implements HandlerFunction<ServerResponse> {

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private record Version(WebPage page, PageLanguage language) {}

  private final Map<Version, byte[]> html =
      Arrays.stream(WebPage.values())
          .flatMap(page ->
              Arrays.stream(PageLanguage.values()).map(language -> new Version(page, language)))
          .collect(Collectors.toMap(Function.identity(), OwnPages::render));

  private static byte[] render(Version version) {
    return PageTemplates.render(version.page(), version.language())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    WebPage page = Objects.requireNonNull(WebPage.at(request.path()));
    PageLanguage language =
        PageLanguage.preferredBy(request.headers().firstHeader(HttpHeaders.ACCEPT_LANGUAGE));
    return ServerResponse.ok()
        .contentType(HTML)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .body(Objects.requireNonNull(html.get(new Version(page, language))));
  }
}
