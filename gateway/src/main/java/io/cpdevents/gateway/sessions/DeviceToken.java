package io.cpdevents.gateway.sessions;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a browser is known from which somebody has logged in before. It is told to
 * accounts-service and nobody else.
 */
public final class DeviceToken {

  /** As accounts-service reads it; callers cannot send it, because it begins with {@code X-}. */
  public static final String HEADER = "X-Cpd-Device";

  /** Base64url of 32 bytes. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private DeviceToken() {}

  /** What the request says; empty when it says nothing that can be one. */
  public static Optional<String> of(HttpServletRequest request, String cookieName) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(cookieName))
            .map(Cookie::getValue)
            .filter(value -> FORM.matcher(value).matches())
            .findFirst();
  }
}
