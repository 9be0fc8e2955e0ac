package io.cpdevents.platform.error;

/** The codes that more than one service answers, and those of the gateway. */
public enum CommonProblem implements ProblemCode {
  MALFORMED_REQUEST(
      Kind.INVALID,
      "The request cannot be read.",
      "Correct the request; it cannot succeed as it is."),
  MALFORMED_JSON(
      Kind.INVALID,
      "The body is not the expected JSON.",
      "Send the JSON that the document describes."),
  UNKNOWN_FIELD(
      Kind.INVALID,
      "The request has a field or a parameter that is not known.",
      "Leave out or correct what `errors` names, each with its code."),
  INVALID_REQUEST(
      Kind.INVALID,
      "Some fields are not valid.",
      "Correct the fields that `errors` names, each with its code."),
  IDEMPOTENCY_KEY_REQUIRED(
      Kind.INVALID,
      "This request needs an Idempotency-Key header.",
      "Send a new random key, and the same key when you repeat the request."),
  IDEMPOTENCY_KEY_INVALID(
      Kind.INVALID,
      "There is one Idempotency-Key, of 1 to 255 visible ASCII characters.",
      "Send a key of that form, for example a UUID."),
  SESSION_MISSING(Kind.UNAUTHENTICATED, "Log in first.", "Log in, then repeat the request."),
  SESSION_INVALID(
      Kind.UNAUTHENTICATED,
      "The session has ended. Log in again.",
      "Log in, then repeat the request."),
  INTERNAL_ONLY(
      Kind.UNAUTHENTICATED,
      "This endpoint is for the platform's own services.",
      "Nothing: it is not for clients."),
  ROLE_MISSING(
      Kind.FORBIDDEN,
      "Your role does not allow this.",
      "Ask an owner or admin of the organization for the role."),
  API_KEY_REFUSED(
      Kind.FORBIDDEN,
      "This is for people, and not for programs with an API key.",
      "Let a person do it, with a session."),
  ACCOUNT_CLOSING(
      Kind.FORBIDDEN,
      "The account waits to be erased.",
      "Offer to call that off (POST /me/erasure/cancel), then repeat the request."),
  STEP_UP_REQUIRED(
      Kind.FORBIDDEN,
      "Prove first that it is you: you have to have done so within the last five minutes.",
      "Ask the person for the password, send it to POST /sessions/current/step-up, and repeat the"
          + " request. Who has a second factor sends its code in place of the password."),
  FACTOR_REQUIRED(
      Kind.FORBIDDEN,
      "Your role asks for a second factor, and this session was not opened or proved with one.",
      "Have the person set one up (POST /me/totp or /me/passkeys), or, who has one, prove it: send"
          + " its code to POST /sessions/current/step-up, or log in with the passkey."),
  ORIGIN_REFUSED(
      Kind.FORBIDDEN,
      "Pages of this origin may not call the API.",
      "Call from an origin that the platform's operator has allowed."),
  FOUR_EYES(
      Kind.FORBIDDEN,
      "Whoever has proposed a resolution does not decide about it.",
      "Ask somebody else with the role platform-finance."),
  NOT_FOUND(Kind.NOT_FOUND, "There is nothing here.", "Check the address."),
  ORGANIZATION_NOT_FOUND(
      Kind.NOT_FOUND,
      "The organization does not exist, or you do not belong to it.",
      "Check the id and who is logged in."),
  PARKED_MESSAGE_NOT_FOUND(
      Kind.NOT_FOUND, "There is no such parked message.", "List the parked messages again."),
  PROCESS_NOT_FOUND(
      Kind.NOT_FOUND,
      "The service has no such process or state.",
      "List the service's processes; each names its states."),
  METHOD_NOT_ALLOWED(
      Kind.METHOD_NOT_ALLOWED,
      "This method is not allowed here.",
      "Use one of the methods that the header Allow names."),
  NOT_ACCEPTABLE(
      Kind.NOT_ACCEPTABLE,
      "The answer is not available in that form.",
      "Accept the media type that the document names."),
  WRONG_STATE(
      Kind.CONFLICT,
      "The current state does not allow this.",
      "Read the object again and decide by its status."),
  IN_PROGRESS(
      Kind.CONFLICT,
      "The same request is still running.",
      "Repeat it after a second, with the same Idempotency-Key."),
  REPLAY_FAILED(
      Kind.CONFLICT,
      "It fails again; the list shows the reason.",
      "Mend the reason first, or drop the message."),
  NO_LISTENER(
      Kind.CONFLICT,
      "This version does not listen to its topic.",
      "Deploy a version that does, or drop the message."),
  NOT_FIRST_OF_KEY(
      Kind.CONFLICT,
      "Earlier messages of this key are parked; replay or drop them first.",
      "Begin with the earliest message of the key."),
  CHANGED_MEANWHILE(
      Kind.CHANGED_MEANWHILE,
      "Somebody has changed it since you read it.",
      "Read it again, show what changed, and repeat the change with the new ETag."),
  BODY_TOO_LARGE(
      Kind.TOO_LARGE, "The body is larger than this address accepts.", "Send a smaller body."),
  BODY_TOO_SLOW(
      Kind.TOO_SLOW,
      "The body took too long to arrive. Send it again.",
      "Send the body at once, with the same Idempotency-Key."),
  URI_TOO_LONG(Kind.ADDRESS_TOO_LONG, "The address is too long.", "Shorten the address."),
  UNSUPPORTED_MEDIA_TYPE(
      Kind.UNSUPPORTED_FORM,
      "The body must be application/json.",
      "Send the header Content-Type: application/json, and JSON."),
  IDEMPOTENCY_KEY_REUSED(
      Kind.UNPROCESSABLE,
      "This Idempotency-Key was used with another body.",
      "Use a new key for a new request."),
  AMOUNT_NOT_PAYABLE(
      Kind.UNPROCESSABLE,
      "The amount is too small or too large to be paid in this currency, or is no multiple of its"
          + " smallest payable unit.",
      "Choose another amount."),
  TOO_MANY_REQUESTS(
      Kind.TOO_MANY_REQUESTS,
      "There were too many requests; wait a while.",
      "Wait as many seconds as the header Retry-After says."),
  INTERNAL_ERROR(
      Kind.FAILURE,
      "Something went wrong on our side.",
      "Report it with its `traceId`; repeating seldom helps."),
  SERVICE_UNAVAILABLE(
      Kind.UNAVAILABLE,
      "A part of the system does not answer at the moment. Try again soon.",
      "Repeat the request after the time in Retry-After, with the same Idempotency-Key."),
  STRIPE_UNAVAILABLE(
      Kind.UNAVAILABLE,
      "Stripe does not answer at the moment. Ask again.",
      "Repeat the request after the time in Retry-After."),
  UPSTREAM_TIMEOUT(
      Kind.OUTCOME_UNKNOWN,
      "The service took too long. Try again with the same Idempotency-Key.",
      "Repeat the request with the same Idempotency-Key: what was done is not done twice.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  CommonProblem(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** What a refusal by the server or by Spring is, of which only the HTTP status is known. */
  public static CommonProblem ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> BODY_TOO_SLOW;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 503 -> SERVICE_UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    };
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }

  /** Everybody is asked to prove who they are now and then: many of these are no attack. */
  @Override
  public boolean isSecurityEvent() {
    return this != STEP_UP_REQUIRED && ProblemCode.super.isSecurityEvent();
  }
}
