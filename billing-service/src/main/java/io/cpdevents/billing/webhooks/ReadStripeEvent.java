package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeEvent;
import io.cpdevents.billing.webhooks.PostedEvent.Relevance;
import io.cpdevents.billing.webhooks.StripeEventTable.IdPath;
import io.cpdevents.billing.webhooks.StripeEventTable.SubjectPath;
import io.cpdevents.billing.webhooks.StripeEventTable.Treatment;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what is needed of an event, posted or listed; the rest, with its personal data, is not
 * kept. Objects are not read from it: their state is fetched by id, so the API version in which
 * Stripe wrote the event does not matter.
 */
@Component
class ReadStripeEvent {

  private static final int MAX_ID_CHARACTERS = 255;

  /** The year 9999: PostgreSQL keeps later times, and none of them is one of Stripe's. */
  private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

  /** PostgreSQL keeps every character but this one. */
  private static final char NOT_STORABLE = 0;

  private final JsonMapper json;

  ReadStripeEvent(JsonMapper json) {
    this.json = json;
  }

  /**
   * Reads a body whose signature is good.
   *
   * @param receivedAt when it happened, if it does not say so itself
   * @throws RuleViolation 400 {@code payload-invalid}
   */
  PostedEvent posted(WebhookEndpoint endpoint, byte[] body, Instant receivedAt) {
    JsonNode event = parse(body);
    String type = text(event, "type").orElseThrow(ReadStripeEvent::invalid);
    String account = text(event, "account").orElse(null);
    return new PostedEvent(
        text(event, "id").orElseThrow(ReadStripeEvent::invalid),
        type,
        text(event, "api_version").orElse(null),
        account,
        occurredAt(event).orElse(receivedAt),
        relevance(endpoint, type, event.path("data").path("object"), account));
  }

  /** Reads one of Stripe's list of the platform's events. */
  PostedEvent listed(StripeEvent listed) {
    return new PostedEvent(
        listed.id(),
        listed.type(),
        listed.apiVersion(),
        listed.accountId(),
        listed.createdAt(),
        relevance(
            WebhookEndpoint.PLATFORM,
            listed.type(),
            json.readTree(listed.object()),
            listed.accountId()));
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

  /**
   * What is done about it on the endpoint at which it has come. What names a connected account
   * makes a difference on the endpoint for those alone, and what names none on the platform's.
   */
  private static Relevance relevance(
      WebhookEndpoint endpoint, String type, JsonNode object, @Nullable String account) {
    Treatment treatment = StripeEventTable.treatment(endpoint, type);
    boolean hasComeToTheOther = endpoint != WebhookEndpoint.of(account);
    return switch (treatment) {
      case Treatment.Settled _, Treatment.Republished _ when hasComeToTheOther ->
          new Relevance.Ignored(IgnoredReason.OTHER_ENDPOINT);
      case Treatment.Settled settled -> about(settled.subjects(), object, account);
      case Treatment.Republished republished ->
          about(
              List.of(new SubjectPath(Subject.Kind.PAYOUT_SERVICE_OBJECT, republished.id())),
              object,
              account);
      case Treatment.Ignored ignored -> new Relevance.Ignored(ignored.reason());
    };
  }

  /** The first of these that the event names. */
  private static Relevance about(
      List<SubjectPath> subjects, JsonNode object, @Nullable String account) {
    return subjects.stream()
        .flatMap(
            path -> id(path.id(), object, account).map(id -> new Subject(path.kind(), id)).stream())
        .findFirst()
        .<Relevance>map(Relevance.About::new)
        .orElseGet(() -> new Relevance.Ignored(IgnoredReason.WITHOUT_SUBJECT));
  }

  private static Optional<String> id(IdPath path, JsonNode object, @Nullable String account) {
    return switch (path) {
      case OBJECT -> text(object, "id");
      case PAYMENT_INTENT_OF_OBJECT -> text(object, "payment_intent");
      case CUSTOMER_OF_OBJECT -> text(object, "customer");
      case INVOICE_OF_OBJECT -> text(object, "invoice");
      case SUBSCRIPTION_OF_OBJECT -> text(object, "subscription");
      case RELEASED_SUBSCRIPTION_OF_OBJECT -> text(object, "released_subscription");
      case ACCOUNT_OF_OBJECT -> text(object, "account");
      case ACCOUNT_OF_EVENT -> Optional.ofNullable(account);
    };
  }

  private static Optional<Instant> occurredAt(JsonNode event) {
    JsonNode created = event.path("created");
    return created.isIntegralNumber()
            && created.canConvertToLong()
            && created.longValue() >= 0
            && created.longValue() <= MAX_EPOCH_SECOND
        ? Optional.of(Instant.ofEpochSecond(created.longValue()))
        : Optional.empty();
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
    return BillingProblem.PAYLOAD_INVALID.violation();
  }
}
