package io.cpdevents.accounts.origin;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The address at which people reach the API ({@code CPD_PUBLIC_URL}). */
@Component
public class PublicUrl {

  private final URI url;

  /** From the configuration. */
  public PublicUrl(@Value("${cpd.public-url}") URI url) {
    this.url = url;
  }

  /** Whether browsers use TLS; on a developer's machine they may use plain http. */
  public boolean isSecure() {
    return !"http".equals(url.getScheme());
  }
}
