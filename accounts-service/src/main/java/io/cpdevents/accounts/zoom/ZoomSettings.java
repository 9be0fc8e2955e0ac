package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * This platform's app at Zoom.
 *
 * @param clientId blank: there is none, and nobody can connect
 * @param authorizeUrl where people allow it, in their browsers
 * @param oauthUrl where codes and tokens are exchanged
 * @param apiUrl Zoom's API
 */
@ConfigurationProperties("cpd.accounts.zoom")
record ZoomSettings(
    String clientId, String clientSecret, String authorizeUrl, String oauthUrl, String apiUrl) {

  boolean isOffered() {
    return !clientId.isBlank();
  }

  /**
   * Goes on only when there is an app.
   *
   * @throws RuleViolation 409 {@code zoom-not-offered}
   */
  void requireOffered() {
    if (!isOffered()) {
      throw AccountsProblem.ZOOM_NOT_OFFERED.violation();
    }
  }

  @Override
  public String toString() {
    return "ZoomSettings[" + clientId + "]";
  }
}
