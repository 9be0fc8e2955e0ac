package io.cpdevents.accounts.zoom;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where Zoom sends people back to. The app at Zoom has to name this very address, and no other is
 * ever sent there.
 */
@Component
class ZoomRedirect {

  private static final String PATH = "/api/v1/zoom/callback";

  private final String uri;

  ZoomRedirect(@Value("${cpd.public-url}") String publicUrl) {
    String base = publicUrl.strip();
    this.uri = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH;
  }

  String uri() {
    return uri;
  }
}
