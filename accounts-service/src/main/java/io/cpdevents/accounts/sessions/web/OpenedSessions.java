package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.LogIn.LoggedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** How a session that was just opened is answered, by whatever it was opened. */
@Component
class OpenedSessions {

  private final SessionCookie cookie;
  private final DeviceCookie deviceCookie;

  OpenedSessions(SessionCookie cookie, DeviceCookie deviceCookie) {
    this.cookie = cookie;
    this.deviceCookie = deviceCookie;
  }

  ResponseEntity<OpenedSession> answer(
      LoggedIn loggedIn, RequestOrigin origin, HttpServletRequest request) {
    return ResponseEntity.created(URI.create("/api/v1/sessions/" + loggedIn.session().id()))
        .header(
            HttpHeaders.SET_COOKIE,
            cookie.holding(loggedIn.token()),
            deviceCookie.holding(Objects.requireNonNull(origin.token())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(
            new OpenedSession(
                loggedIn.session(),
                isFromPage(request) ? null : new SecretText(loggedIn.token().value())));
  }

  /** Browsers send {@code Origin} with every write of a page; programs send none. */
  private static boolean isFromPage(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.ORIGIN) != null;
  }
}
