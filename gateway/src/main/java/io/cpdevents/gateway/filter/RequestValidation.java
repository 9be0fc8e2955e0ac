package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.connections.BoundedProtocol;
import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request's method, path, query and single headers. Two programs that interpret an unusual
 * path differently can be played off against each other to reach what no route leads to, so all
 * unusual paths are refused. Of a body whose length is given in two ways Tomcat has decided before:
 * two lengths it refuses, and beside chunks it drops a length and ends the connection afterwards
 * (RFC 9112, 6.3); services are sent neither.
 */
final class RequestValidation {

  private static final int MAX_PATH_CHARACTERS = 1024;
  private static final int MAX_QUERY_CHARACTERS = 4096;
  private static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final Set<String> METHODS = Set.of(ALLOWED_METHODS.split(", "));

  private static final List<String> SINGLE_HEADERS =
      List.of("Authorization", "Content-Type", "Idempotency-Key", "Origin", "Stripe-Signature");

  /** RFC 3986 path characters without the semicolon, which programs interpret differently. */
  private static final BitSet PATH_CHARACTERS = characters("-._~!$&'()*+,=:@/");

  private static final BitSet UNRESERVED = characters("-._~");
  private static final BitSet QUERY_CHARACTERS = characters("-._~!$&'()*+,=:@/?;");

  private RequestValidation() {}

  /**
   * Checks the request.
   *
   * @throws Refusal 400 {@code malformed-request}, 405 {@code method-not-allowed}, 414 {@code
   *     uri-too-long}
   */
  static void check(HttpServletRequest request) {
    if (!METHODS.contains(request.getMethod())) {
      throw Refusal.methodNotAllowed(ALLOWED_METHODS);
    }
    checkPath(request.getRequestURI());
    checkQuery(request.getQueryString());
    checkHeaders(request);
  }

  static void checkPath(String path) {
    if (path.length() > MAX_PATH_CHARACTERS) {
      throw tooLong();
    }
    if (path.equals(BoundedProtocol.WHOLE_SERVER_PATH)) {
      throw Refusal.malformed("A request is about one address, not about all of them.");
    }
    int segmentStart = 1;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i > 0) {
          checkSegment(path, segmentStart, i);
        }
        segmentStart = i + 1;
      } else if (path.charAt(i) == '%') {
        // Letters, digits, dots, slashes, semicolons, percent signs and controls need no encoding.
        int octet = octet(path, i);
        if (octet < ' ' || octet == 0x7f || UNRESERVED.get(octet) || "/\\;%".indexOf(octet) >= 0) {
          throw Refusal.malformed(
              "The path contains an encoded character that must not be encoded.");
        }
      } else if (!PATH_CHARACTERS.get(path.charAt(i))) {
        throw Refusal.malformed("The path contains a character that is not allowed.");
      }
    }
  }

  private static void checkSegment(String path, int start, int end) {
    boolean last = end == path.length();
    if (start == end && !last) {
      throw Refusal.malformed("The path contains an empty segment.");
    }
    boolean dots = end - start <= 2 && end > start && path.charAt(start) == '.';
    if (dots && path.charAt(end - 1) == '.') {
      throw Refusal.malformed("The path contains a relative segment.");
    }
  }

  static void checkQuery(@Nullable String query) {
    if (query == null) {
      return;
    }
    if (query.length() > MAX_QUERY_CHARACTERS) {
      throw tooLong();
    }
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) == '%') {
        if (octet(query, i) == 0) {
          throw Refusal.malformed("The query contains a NUL character.");
        }
      } else if (!QUERY_CHARACTERS.get(query.charAt(i))) {
        throw Refusal.malformed("The query contains a character that is not allowed.");
      }
    }
  }

  /** Of two values one program would read the first and another the last. */
  private static void checkHeaders(HttpServletRequest request) {
    for (String name : SINGLE_HEADERS) {
      if (Collections.list(request.getHeaders(name)).size() > 1) {
        throw Refusal.malformed("The header " + name + " is given more than once.");
      }
    }
  }

  private static int octet(String text, int percent) {
    if (percent + 2 >= text.length()) {
      throw Refusal.malformed("A percent sign is not followed by two hexadecimal digits.");
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    if (high < 0 || low < 0) {
      throw Refusal.malformed("A percent sign is not followed by two hexadecimal digits.");
    }
    return high * 16 + low;
  }

  private static Refusal tooLong() {
    return Refusal.of(414, "uri-too-long", "The address is too long.");
  }

  private static BitSet characters(String others) {
    BitSet set = new BitSet();
    set.set('a', 'z' + 1);
    set.set('A', 'Z' + 1);
    set.set('0', '9' + 1);
    others.chars().forEach(set::set);
    return set;
  }
}
