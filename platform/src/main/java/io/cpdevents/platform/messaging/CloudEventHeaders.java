package io.cpdevents.platform.messaging;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0, Kafka binding, binary mode: the attributes are headers
 * (https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md).
 */
final class CloudEventHeaders {

  static final String ID = "ce_id";
  static final String TYPE = "ce_type";
  static final String SOURCE = "ce_source";
  static final String TIME = "ce_time";
  static final String SUBJECT = "ce_subject";
  static final String SPEC_VERSION = "ce_specversion";
  static final String CONTENT_TYPE = "content-type";
  static final String TRACE_PARENT = "traceparent";

  private CloudEventHeaders() {}

  static void write(Headers headers, String source, OutboxRow row) {
    put(headers, SPEC_VERSION, "1.0");
    put(headers, ID, row.eventId().toString());
    put(headers, SOURCE, "/" + source);
    put(headers, SUBJECT, row.key());
    put(headers, TIME, row.occurredAt().toString());
    if (row.eventType() != null) {
      put(headers, TYPE, row.eventType());
      put(headers, CONTENT_TYPE, "application/json");
    }
    if (row.traceParent() != null) {
      put(headers, TRACE_PARENT, row.traceParent());
    }
  }

  static @Nullable String read(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  static @Nullable UUID readId(Headers headers) {
    String text = read(headers, ID);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
