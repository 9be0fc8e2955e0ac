package io.cpdevents.accounts.passkeys;

import io.cpdevents.platform.http.WebUrl;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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
    this.domain = domain.isEmpty() ? hostOf(webUrl.base()) : domain.toLowerCase(Locale.ROOT);
    this.origins =
        Stream.concat(Stream.of(webUrl.base()), origins.stream().map(URI::create))
            .map(page -> originOf(page, this.domain))
            .collect(Collectors.toUnmodifiableSet());
  }

  String domain() {
    return domain;
  }

  Set<String> origins() {
    return origins;
  }

  /** As browsers write it. None makes or uses a passkey at a page that is not of its domain. */
  private static String originOf(URI page, String domain) {
    String host = hostOf(page);
    if (!host.equals(domain) && !host.endsWith("." + domain)) {
      throw new IllegalArgumentException(
          "CPD_PASSKEY_RP_ID is %s, and %s is no page of it".formatted(domain, page));
    }
    String scheme = page.getScheme().toLowerCase(Locale.ROOT);
    int usualPort = scheme.equals("https") ? 443 : 80;
    return page.getPort() == -1 || page.getPort() == usualPort
        ? scheme + "://" + host
        : scheme + "://" + host + ":" + page.getPort();
  }

  private static String hostOf(URI page) {
    if (page.getScheme() == null || page.getHost() == null) {
      throw new IllegalArgumentException(page + " is no address of a page");
    }
    return page.getHost().toLowerCase(Locale.ROOT);
  }
}
