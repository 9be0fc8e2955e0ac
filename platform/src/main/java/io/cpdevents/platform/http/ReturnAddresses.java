package io.cpdevents.platform.http;

import io.cpdevents.platform.error.FieldProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets pages of Stripe send people back to us only, and nowhere else. */
public final class ReturnAddresses {

  /** Stripe's placeholder, which no URI may contain as it is. */
  private static final String SESSION_PLACEHOLDER = "{CHECKOUT_SESSION_ID}";

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int NO_PORT = -1;

  private final Set<String> origins;

  /**
   * Allows addresses of these origins.
   *
   * @param origins the platform's own, and those of front ends on other hosts; blank ones count for
   *     nothing
   */
  public ReturnAddresses(Collection<String> origins) {
    this.origins =
        origins.stream()
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .map(origin ->
                origin(origin)
                    .orElseThrow(() -> new IllegalArgumentException("no origin: " + origin)))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Why it is no address of ours; empty when it is one. */
  public Optional<FieldProblem> faultOf(String url) {
    Optional<String> origin = origin(url);
    if (origin.isEmpty()) {
      return Optional.of(FieldProblem.WRONG_FORMAT);
    }
    return origins.contains(origin.get())
        ? Optional.empty()
        : Optional.of(FieldProblem.NOT_ALLOWED);
  }

  private static Optional<String> origin(String url) {
    try {
      URI uri = new URI(url.replace(SESSION_PLACEHOLDER, "session"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
        return Optional.empty();
      }
      int standard = scheme.equals("http") ? HTTP_PORT : HTTPS_PORT;
      int port = uri.getPort() == NO_PORT ? standard : uri.getPort();
      return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
