package io.cpdevents.accounts.passkeys;

import io.cpdevents.platform.http.WebUrl;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where passkeys are made and used: the domain that they are bound to, and the pages that may ask
 * for them. By default those of the web app.
 */
@Component
class PasskeySite {

  private final String domain;
  private final Set<String> origins;

  /**
   * From the configuration.
   *
   * @param domain the RP id; empty for the host of the web app
   * @param origins beside that of the web app
   */
  PasskeySite(
      WebUrl webUrl,
      @Value("${cpd.accounts.passkeys.rp-id}") String domain,
      @Value("${cpd.accounts.passkeys.origins}") List<String> origins) {
    this.domain = domain.isEmpty() ? Objects.requireNonNull(webUrl.base().getHost()) : domain;
    this.origins =
        Stream.concat(Stream.of(originOf(webUrl.base())), origins.stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  String domain() {
    return domain;
  }

  Set<String> origins() {
    return origins;
  }

  private static String originOf(URI page) {
    return page.getScheme() + "://" + page.getRawAuthority();
  }
}
