package io.cpdevents.gateway.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The correlation id and the W3C trace context (https://www.w3.org/TR/trace-context/) of a request.
 * They identify everything that the request causes, in logs and traces. Values that the caller sent
 * are kept if they are well-formed, and replaced if not.
 */
public final class RequestTrace {

  /** The header with the correlation id, on every request to a service and on every answer. */
  public static final String CORRELATION_HEADER = "X-Correlation-Id";

  private static final String ATTRIBUTE = RequestTrace.class.getName();
  private static final int MAX_CORRELATION_ID_CHARACTERS = 64;
  private static final int TRACE_PARENT_CHARACTERS = 55;
  private static final int TRACE_ID_START = 3;
  private static final int PARENT_ID_START = 36;
  private static final int FLAGS_START = 53;
  private static final String NO_TRACE_ID = "0".repeat(32);
  private static final String NO_PARENT_ID = "0".repeat(16);

  private final String correlationId;
  private final String traceId;
  private final String traceParent;

  private RequestTrace(String correlationId, String traceId, String traceParent) {
    this.correlationId = correlationId;
    this.traceId = traceId;
    this.traceParent = traceParent;
  }

  /** Takes the caller's ids or generates new ones, and stores them with the request. */
  static RequestTrace begin(HttpServletRequest request) {
    String sentParent = request.getHeader("traceparent");
    boolean kept = isTraceParent(sentParent);
    String traceId =
        kept && sentParent != null
            ? sentParent.substring(TRACE_ID_START, TRACE_ID_START + 32)
            : hex(2);
    String flags = kept && sentParent != null ? sentParent.substring(FLAGS_START) : "01";
    String sentId = request.getHeader(CORRELATION_HEADER);
    String correlationId = isCorrelationId(sentId) && sentId != null ? sentId : traceId;
    RequestTrace trace =
        new RequestTrace(correlationId, traceId, "00-" + traceId + "-" + hex(1) + "-" + flags);
    request.setAttribute(ATTRIBUTE, trace);
    return trace;
  }

  /** The trace of a request, which the request filter has stored; begins one if there is none. */
  public static RequestTrace of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof RequestTrace trace) {
      return trace;
    }
    return begin(request);
  }

  /** At most 64 letters, digits, dots, dashes or underscores. */
  public String correlationId() {
    return correlationId;
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return traceId;
  }

  /** Adds the headers that tell a service the caller's address and this trace. */
  public void addTo(BiConsumer<String, String> header, String callerAddress) {
    header.accept("X-Forwarded-For", callerAddress);
    header.accept(CORRELATION_HEADER, correlationId);
    header.accept("traceparent", traceParent);
  }

  static boolean isCorrelationId(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_CORRELATION_ID_CHARACTERS) {
      return false;
    }
    return text.chars()
        .allMatch(c ->
            (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.');
  }

  static boolean isTraceParent(@Nullable String text) {
    return text != null
        && text.length() == TRACE_PARENT_CHARACTERS
        && text.startsWith("00-")
        && isHex(text, TRACE_ID_START, PARENT_ID_START - 1)
        && text.charAt(PARENT_ID_START - 1) == '-'
        && isHex(text, PARENT_ID_START, FLAGS_START - 1)
        && text.charAt(FLAGS_START - 1) == '-'
        && isHex(text, FLAGS_START, TRACE_PARENT_CHARACTERS)
        && !text.startsWith(NO_TRACE_ID, TRACE_ID_START)
        && !text.startsWith(NO_PARENT_ID, PARENT_ID_START);
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Random hexadecimal digits. They are not secret, so a fast generator is enough. Never all zeros,
   * which W3C forbids.
   */
  private static String hex(int longs) {
    HexFormat hex = HexFormat.of();
    StringBuilder id = new StringBuilder(longs * 16);
    for (int i = 0; i < longs; i++) {
      id.append(hex.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
    }
    return id.toString();
  }
}
