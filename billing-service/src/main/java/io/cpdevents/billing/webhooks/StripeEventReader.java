package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what is needed of a posted event; the rest, with its personal data, is not kept. Objects
 * are not read from it: their state is fetched, so the API version in which Stripe wrote the event
 * does not matter.
 */
@Component
class StripeEventReader {

  /**
   * An event as it is kept.
   *
   * @param subject null when it makes no difference here
   */
  record PostedEvent(String id, String type, @Nullable Subject subject) {}

  private static final int ID_MOST_CHARACTERS = 255;

  /** PostgreSQL keeps every character but this one. */
  private static final char NOT_STORABLE = 0;

  private final JsonMapper json;

  StripeEventReader(JsonMapper json) {
    this.json = json;
  }

  /**
   * Reads a body whose signature is good.
   *
   * @throws RuleViolation 400 {@code payload-invalid}
   */
  PostedEvent read(byte[] body) {
    JsonNode event = parse(body);
    String id = text(event, "id").orElseThrow(StripeEventReader::invalid);
    String type = text(event, "type").orElseThrow(StripeEventReader::invalid);
    Subject subject = subject(type, event.path("data").path("object")).orElse(null);
    return new PostedEvent(id, type, subject);
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode event = json.readTree(body);
      if (event == null || !event.isObject()) {
        throw invalid();
      }
      return event;
    } catch (JacksonException e) {
      throw invalid();
    }
  }

  private static Optional<Subject> subject(String type, JsonNode object) {
    return switch (type) {
      case "payment_intent.succeeded",
          "payment_intent.payment_failed",
          "payment_intent.canceled",
          "payment_intent.processing" ->
          of(Subject.Kind.PAYMENT_INTENT, text(object, "id"));
      case "charge.updated" -> of(Subject.Kind.PAYMENT_INTENT, text(object, "payment_intent"));
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          of(Subject.Kind.PAYMENT_INTENT, text(object, "payment_intent"))
              .or(() -> of(Subject.Kind.CHECKOUT_SESSION, text(object, "id")));
      case "checkout.session.expired", "checkout.session.async_payment_failed" ->
          of(Subject.Kind.CHECKOUT_SESSION, text(object, "id"));
      case "refund.created", "refund.updated", "refund.failed" ->
          of(Subject.Kind.REFUND, text(object, "id"));
      case "charge.refunded" ->
          of(Subject.Kind.REFUNDS_OF_PAYMENT_INTENT, text(object, "payment_intent"));
      default -> Optional.empty();
    };
  }

  private static Optional<Subject> of(Subject.Kind kind, Optional<String> id) {
    return id.map(value -> new Subject(kind, value));
  }

  private static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString()
            && !value.stringValue().isBlank()
            && value.stringValue().length() <= ID_MOST_CHARACTERS
            && value.stringValue().indexOf(NOT_STORABLE) < 0
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  private static RuleViolation invalid() {
    return RuleViolation.badRequest("payload-invalid", "The body is not an event of Stripe.");
  }
}
