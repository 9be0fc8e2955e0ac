package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in Stripe's form: status, type, code, param, message. */
public final class StripeRefusal extends RuntimeException {
  /** Whether the refusal is stored for the idempotency key, and whether changes are committed. */
  private enum Effect {
    /** Refused before anything was done: it is not stored, so the same key may succeed later. */
    NOT_BEGUN,
    /** Refused while it was done: the answer is stored, the changes are rolled back. */
    BEGUN,
    /** A declined card: the answer is stored and the failed attempt is committed. */
    RECORDED
  }

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final String RESOURCE_MISSING = "resource_missing";

  private final int status;
  private final ObjectNode error = StripeJson.object();
  private final Effect effect;
  private boolean shouldRetry;

  private StripeRefusal(
      int status,
      String type,
      @Nullable String code,
      @Nullable String param,
      String message,
      Effect effect) {
    super(message);
    this.status = status;
    this.effect = effect;
    if (code != null) {
      error.put("code", code);
      error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
    }
    error.put("message", message);
    if (param != null) {
      error.put("param", param);
    }
    error.put("type", type);
  }

  /** 400: the available balance does not cover the amount. */
  public static StripeRefusal balanceInsufficient(String message) {
    return wrongState("balance_insufficient", null, message);
  }

  /** 400: a parameter is not valid. */
  public static StripeRefusal invalid(
      @Nullable String code, @Nullable String param, String message) {
    return new StripeRefusal(400, "invalid_request_error", code, param, message, Effect.NOT_BEGUN);
  }

  /** 400: the object's state does not allow it. */
  public static StripeRefusal wrongState(
      @Nullable String code, @Nullable String param, String message) {
    return new StripeRefusal(400, "invalid_request_error", code, param, message, Effect.BEGUN);
  }

  public static StripeRefusal missing(String param) {
    return invalid("parameter_missing", param, "Missing required param: " + param + ".");
  }

  public static StripeRefusal unknownParameters(List<String> params) {
    return invalid(
        "parameter_unknown",
        params.getFirst(),
        "Received unknown parameter%s: %s"
            .formatted(params.size() == 1 ? "" : "s", String.join(", ", params)));
  }

  /** 404: the object in the path does not exist in this account. */
  public static StripeRefusal noSuch(String words, String id, String param) {
    return new StripeRefusal(
        404,
        "invalid_request_error",
        RESOURCE_MISSING,
        param,
        "No such %s: '%s'".formatted(words, id),
        Effect.NOT_BEGUN);
  }

  /** 400: an object that a parameter names does not exist in this account. */
  public static StripeRefusal noSuchParameter(String words, String id, String param) {
    return invalid(RESOURCE_MISSING, param, "No such %s: '%s'".formatted(words, id));
  }

  public static StripeRefusal unknownUrl(String method, String path) {
    return new StripeRefusal(
        404,
        "invalid_request_error",
        null,
        null,
        "Unrecognized request URL (%s: %s). The sandbox does not have it.".formatted(method, path),
        Effect.NOT_BEGUN);
  }

  static StripeRefusal unauthorized(String message) {
    return new StripeRefusal(401, "invalid_request_error", null, null, message, Effect.NOT_BEGUN);
  }

  /** 403: the account is not connected to the platform, or does not exist. */
  public static StripeRefusal foreignAccount(String account) {
    return new StripeRefusal(
        403,
        "invalid_request_error",
        "account_invalid",
        null,
        "The provided key does not have access to account '%s' (or that account does not exist). Application access may have been revoked."
            .formatted(account),
        Effect.NOT_BEGUN);
  }

  /** 429: too many requests. */
  public static StripeRefusal rateLimited() {
    return new StripeRefusal(
        429,
        "invalid_request_error",
        "rate_limit",
        null,
        "Request rate limit exceeded.",
        Effect.NOT_BEGUN);
  }

  /** 429: another request holds the object. */
  public static StripeRefusal locked() {
    StripeRefusal refusal =
        new StripeRefusal(
            429,
            "invalid_request_error",
            "lock_timeout",
            null,
            "This object cannot be accessed right now because another API request or Stripe process"
                + " is currently accessing it.",
            Effect.NOT_BEGUN);
    refusal.shouldRetry = true;
    return refusal;
  }

  /** 409: a request with this key is still being answered. */
  public static StripeRefusal keyInUse(String key) {
    return new StripeRefusal(
        409,
        "invalid_request_error",
        "idempotency_key_in_use",
        null,
        "There is currently another in-progress request using this Idempotent Key: %s. Please try"
                .formatted(key)
            + " again later.",
        Effect.NOT_BEGUN);
  }

  static StripeRefusal keyReused(String key) {
    return new StripeRefusal(
        400,
        "idempotency_error",
        null,
        null,
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with. Try using a key other than '%s' if you meant to execute a different"
                .formatted(key)
            + " request.",
        Effect.NOT_BEGUN);
  }

  /** 500: an internal failure. */
  public static StripeRefusal internal() {
    return new StripeRefusal(
        500,
        "api_error",
        null,
        null,
        "An unknown error occurred inside the sandbox.",
        Effect.BEGUN);
  }

  /** 402: the card is declined; the attempt is committed. */
  public static StripeRefusal card(String code, @Nullable String declineCode, String message) {
    StripeRefusal refusal =
        new StripeRefusal(402, "card_error", code, null, message, Effect.RECORDED);
    if (declineCode != null) {
      refusal.error.put("decline_code", declineCode);
    }
    return refusal;
  }

  /** Adds a further field, such as the charge of a decline. */
  public StripeRefusal with(String field, @Nullable JsonNode value) {
    if (value != null) {
      error.set(field, value);
    }
    return this;
  }

  public StripeRefusal with(String field, String value) {
    error.put(field, value);
    return this;
  }

  /** The same refusal of a request of which nothing is committed. */
  public StripeRefusal withoutChanges() {
    StripeRefusal refusal =
        new StripeRefusal(
            status, "card_error", null, null, error.path("message").asString(), Effect.BEGUN);
    refusal.error.setAll(error);
    return refusal;
  }

  public int status() {
    return status;
  }

  /** The error itself, as in {@code last_payment_error}. */
  public ObjectNode error() {
    return error.deepCopy();
  }

  /** The body of the answer. */
  public ObjectNode body() {
    ObjectNode body = StripeJson.object();
    body.set("error", error());
    return body;
  }

  /** Whether this answer is stored for the request's idempotency key. */
  boolean isStored() {
    return effect != Effect.NOT_BEGUN;
  }

  /** Whether what was written before the refusal is committed. */
  public boolean keepsChanges() {
    return effect == Effect.RECORDED;
  }

  /**
   * Whether the request breaks the rules of the API, in whatever state Stripe's objects are: with
   * unknown or missing parameters or words, at an unknown address, or under a key of another one.
   */
  boolean isIllegal() {
    String code = error.path("code").asString("");
    boolean refused = status == BAD_REQUEST || status == NOT_FOUND;
    return refused && effect == Effect.NOT_BEGUN && !code.equals(RESOURCE_MISSING);
  }

  boolean shouldRetry() {
    return shouldRetry;
  }
}
