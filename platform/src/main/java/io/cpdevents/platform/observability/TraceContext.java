package io.cpdevents.platform.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Propagates the W3C trace context (https://www.w3.org/TR/trace-context/) through the outbox and
 * Kafka: it is stored with the event, and its handler continues the trace.
 */
public final class TraceContext {

  /** A resumed trace; closing it ends its span. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private static final String HEADER = "traceparent";
  private static final Pattern TRACE_PARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Tracer tracer;
  private final Propagator propagator;

  /** Uses the tracer of the application. */
  public TraceContext(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** The running trace as a {@code traceparent} header; null outside a trace. */
  public @Nullable String current() {
    Span span = tracer.currentSpan();
    if (span == null) {
      return null;
    }
    io.micrometer.tracing.TraceContext context = span.context();
    String sampled = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
    String text = "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), sampled);
    return TRACE_PARENT.matcher(text).matches() ? text : null;
  }

  /** The id of the running trace; null outside a trace. */
  public @Nullable String traceId() {
    Span span = tracer.currentSpan();
    return span == null ? null : span.context().traceId();
  }

  /**
   * Continues a stored trace, or starts a new one.
   *
   * @param traceParent what {@link #current} answered; null starts a new trace
   * @param name of the span
   */
  public Scope resume(@Nullable String traceParent, String name) {
    Span span =
        propagator
            .<String>extract(
                traceParent == null ? "" : traceParent,
                (carrier, key) -> HEADER.equals(key) && !carrier.isEmpty() ? carrier : null)
            .name(name)
            .start();
    Tracer.SpanInScope inScope = tracer.withSpan(span);
    return () -> {
      inScope.close();
      span.end();
    };
  }
}
