package io.cpdevents.gateway.pages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  private final Map<PageLanguage, Map<WebPage, byte[]>> pages =
      Arrays.stream(PageLanguage.values())
          .collect(Collectors.toMap(Function.identity(), OwnPages::in));

  private static Map<WebPage, byte[]> in(PageLanguage language) {
    return Arrays.stream(WebPage.values())
        .collect(
            Collectors.toMap(
                Function.identity(),
                page ->
                    PageTemplates.render(page, language).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    PageLanguage language =
        PageLanguage.preferredBy(request.headers().firstHeader(HttpHeaders.ACCEPT_LANGUAGE));
    byte[] page = pages.getOrDefault(language, Map.of()).get(WebPage.at(request.path()));
    return ServerResponse.ok()
        .contentType(HTML)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .body(page);
  }
}
