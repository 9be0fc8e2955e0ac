package io.cpdevents.accounts.origin;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import jakarta.servlet.http.HttpServletRequest;

/**
 * By what a browser is known: random, in a cookie of its own that outlives sessions. Who logs in
 * without one is given one.
 *
 * @param wasSent whether the browser has sent it, and was not given it just now
 */
public record DeviceToken(OpaqueToken token, boolean wasSent) {

  /** From the gateway, which reads the cookie and lets nobody send the header. */
  private static final String HEADER = "X-Cpd-Device";

  static DeviceToken of(HttpServletRequest request) {
    String sent = request.getHeader(HEADER);
    return sent == null
        ? new DeviceToken(OpaqueToken.next(), false)
        : new DeviceToken(OpaqueToken.from(new SecretText(sent)), true);
  }

  /** What is stored of it. */
  public byte[] sha256() {
    return token.sha256();
  }
}
