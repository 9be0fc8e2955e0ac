package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.error.RuleViolation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

  /**
   * The types that make a difference here, and what of an event's object each is about. The
   * endpoint at Stripe must be subscribed to these.
   */
  static final Map<String, Function<JsonNode, Optional<Subject>>> SUBJECTS =
      Map.ofEntries(
          Map.entry("payment_intent.succeeded", StripeEventReader::paymentIntent),
          Map.entry("payment_intent.payment_failed", StripeEventReader::paymentIntent),
          Map.entry("payment_intent.canceled", StripeEventReader::paymentIntent),
          Map.entry("payment_intent.processing", StripeEventReader::paymentIntent),
          Map.entry("charge.updated", StripeEventReader::paymentIntentOf),
          Map.entry("checkout.session.completed", StripeEventReader::paidSession),
          Map.entry("checkout.session.async_payment_succeeded", StripeEventReader::paidSession),
          Map.entry("checkout.session.expired", StripeEventReader::session),
          Map.entry("checkout.session.async_payment_failed", StripeEventReader::session),
          Map.entry("refund.created", StripeEventReader::refund),
          Map.entry("refund.updated", StripeEventReader::refund),
          Map.entry("refund.failed", StripeEventReader::refund),
          Map.entry("charge.refunded", StripeEventReader::refundsOfPaymentIntent));

  private static final int MAX_ID_CHARACTERS = 255;

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
    Function<JsonNode, Optional<Subject>> subject = SUBJECTS.get(type);
    return subject == null ? Optional.empty() : subject.apply(object);
  }

  private static Optional<Subject> paymentIntent(JsonNode object) {
    return of(Subject.Kind.PAYMENT_INTENT, text(object, "id"));
  }

  private static Optional<Subject> paymentIntentOf(JsonNode object) {
    return of(Subject.Kind.PAYMENT_INTENT, text(object, "payment_intent"));
  }

  private static Optional<Subject> paidSession(JsonNode object) {
    return paymentIntentOf(object).or(() -> session(object));
  }

  private static Optional<Subject> session(JsonNode object) {
    return of(Subject.Kind.CHECKOUT_SESSION, text(object, "id"));
  }

  private static Optional<Subject> refund(JsonNode object) {
    return of(Subject.Kind.REFUND, text(object, "id"));
  }

  private static Optional<Subject> refundsOfPaymentIntent(JsonNode object) {
    return of(Subject.Kind.REFUNDS_OF_PAYMENT_INTENT, text(object, "payment_intent"));
  }

  private static Optional<Subject> of(Subject.Kind kind, Optional<String> id) {
    return id.map(value -> new Subject(kind, value));
  }

  private static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString()
            && !value.stringValue().isBlank()
            && value.stringValue().length() <= MAX_ID_CHARACTERS
            && value.stringValue().indexOf(NOT_STORABLE) < 0
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  private static RuleViolation invalid() {
    return RuleViolation.badRequest("payload-invalid", "The body is not an event of Stripe.");
  }
}
