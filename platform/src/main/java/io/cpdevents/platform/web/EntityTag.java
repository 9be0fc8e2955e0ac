package io.cpdevents.platform.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code ETag} of a {@link Versioned} answer: its version, by which {@link IfMatch} judges, and
 * a digest of all that was answered, by which {@code If-None-Match} does. A view may show more than
 * its version counts, such as the places that are left.
 */
final class EntityTag {

  /** Of a condition; a longer one names nothing. */
  static final int MAX_CONDITION_CHARACTERS = 1_000;

  private static final int DIGEST_BYTES = 8;
  private static final Pattern TAG = Pattern.compile("\\*|(?:W/)?(\"[^\"]*\")");
  private static final Pattern VERSIONED = Pattern.compile("\"([0-9]+)(-[0-9a-f]+)?\"");

  private EntityTag() {}

  /**
   * The tag of an answer.
   *
   * @param json the answer
   */
  static String of(long version, byte[] json) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return "\"%d-%s\"".formatted(version, HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether it is the tag of this version, whatever else was answered. */
  static boolean isOf(String tag, long version) {
    Matcher parts = VERSIONED.matcher(tag);
    return parts.matches() && parts.group(1).equals(Long.toString(version));
  }

  /**
   * Whether a header {@code If-None-Match} names this tag, or any. It compares weakly (RFC 9110,
   * 13.1.2): what stands between may have marked the tag as weak.
   */
  static boolean isNamedIn(List<String> header, String tag) {
    String condition = String.join(",", header);
    return condition.length() <= MAX_CONDITION_CHARACTERS
        && TAG.matcher(condition)
            .results()
            .map(EntityTag::withoutWeakness)
            .anyMatch(named -> named.equals("*") || named.equals(tag));
  }

  private static String withoutWeakness(MatchResult named) {
    return named.group(1) == null ? named.group() : named.group(1);
  }
}
