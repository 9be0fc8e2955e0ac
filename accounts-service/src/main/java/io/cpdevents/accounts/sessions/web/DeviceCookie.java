package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.origin.DeviceToken;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The cookie by which a browser is known from which somebody has logged in. */
@Component
class DeviceCookie {

  private static final String NAME = "cpd-device";

  /** Browsers keep none for longer; each log-in begins it anew. */
  private static final Duration LIFETIME = Duration.ofDays(400);

  private final SessionCookie cookies;

  DeviceCookie(SessionCookie cookies) {
    this.cookies = cookies;
  }

  String holding(DeviceToken device) {
    return cookies.cookie(NAME, device.token().value(), LIFETIME);
  }
}
