package io.cpdevents.accounts.origin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a device so that its owner recognizes it in a list of sessions. */
final class Device {

  private static final String UNKNOWN = "Unknown device";
  private static final int MAX_PRODUCT_CHARACTERS = 40;

  /**
   * What a browser's User-Agent contains. The order matters: Edge and Opera also name Chrome, and
   * Chrome also names Safari.
   */
  private static final List<Mark> BROWSERS =
      List.of(
          new Mark("Edg", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("Firefox/", "Firefox"),
          new Mark("FxiOS/", "Firefox"),
          new Mark("CriOS/", "Chrome"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Safari/", "Safari"));

  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("iPhone", "iPhone"),
          new Mark("iPad", "iPad"),
          new Mark("Android", "Android"),
          new Mark("Windows", "Windows"),
          new Mark("Mac OS X", "Mac"),
          new Mark("CrOS", "ChromeOS"),
          new Mark("Linux", "Linux"));

  private record Mark(String text, String name) {}

  private Device() {}

  /** A short description such as {@code Firefox on Linux}, made from the User-Agent header. */
  static String describe(@Nullable String userAgent) {
    if (userAgent == null || userAgent.isBlank()) {
      return UNKNOWN;
    }
    String browser = find(BROWSERS, userAgent);
    String system = find(SYSTEMS, userAgent);
    if (browser == null) {
      return product(userAgent);
    }
    return system == null ? browser : browser + " on " + system;
  }

  private static @Nullable String find(List<Mark> marks, String userAgent) {
    return marks.stream()
        .filter(mark -> userAgent.contains(mark.text()))
        .map(Mark::name)
        .findFirst()
        .orElse(null);
  }

  /**
   * The first product token of a program that is no browser: curl for {@code curl/8.5}. It has no
   * dots: it stands in mails, whose readers must not be led to an address that a stranger chose.
   */
  private static String product(String userAgent) {
    String product = userAgent.strip().split("[/\\s]", 2)[0].replaceAll("[^A-Za-z0-9_-]", "");
    if (product.isEmpty()) {
      return UNKNOWN;
    }
    return product.substring(0, Math.min(product.length(), MAX_PRODUCT_CHARACTERS));
  }
}
