package io.cpdevents.gateway.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages to which links in mails lead and to which checkout returns. The paths are a contract
 * with mails and web apps: {@code docs/web-paths.md}.
 */
public enum WebPage {
  VERIFY_EMAIL("/verify-email"),
  RESET_PASSWORD("/reset-password"),
  CONFIRM_EMAIL("/confirm-email"),
  INVITATIONS("/invitations"),
  EVENT("/events/{id}"),
  REGISTRATION("/registrations/{id}"),
  WAITLIST("/waitlist/{id}"),
  ORGANIZATION("/organizations/{id}/…");

  private static final String ID = "[0-9a-fA-F-]{36}";

  private final String path;
  private final Pattern pattern;
  private final String fileName = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".html";

  WebPage(String path) {
    this.path = path;
    this.pattern = Pattern.compile(path.replace("{id}", ID).replace("/…", "(/[a-z0-9/-]*)?"));
  }

  /** The page at a path; null when there is none. */
  public static @Nullable WebPage at(String path) {
    return Arrays.stream(values())
        .filter(page -> page.pattern.matcher(path).matches())
        .findFirst()
        .orElse(null);
  }

  /** The path as the documentation writes it. */
  String path() {
    return path;
  }

  String fileName() {
    return fileName;
  }
}
