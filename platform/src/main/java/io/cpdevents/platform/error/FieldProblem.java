package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a field of a request: the codes in {@code errors} of a problem {@code
 * invalid-request}.
 */
public enum FieldProblem {
  REQUIRED("The field must be there and not null."),
  UNKNOWN_FIELD("No such field is known here."),
  WRONG_TYPE("The value has another type than the field; `allowed` names the type or the values."),
  WRONG_FORMAT("The text does not have the form that the field asks for."),
  WRONG_LENGTH("The text is too short or too long, or the list has too few or too many elements."),
  OUT_OF_RANGE("The number or time is below the least or above the greatest that is accepted."),
  BLANK("The text has nothing visible in it."),
  TOO_SHORT("The text is too short."),
  TOO_LONG("The text is too long."),
  TOO_MANY("There are more elements than are accepted at once."),
  INVALID_CHARACTERS("The text has characters that are not accepted."),
  INVALID_EMAIL("This is not an e-mail address that mail can be sent to."),
  INVALID_LOCALE("This is not a language tag (BCP 47)."),
  UNKNOWN_TIME_ZONE("This is not the name of a time zone (IANA)."),
  IS_EMAIL("The password is the e-mail address."),
  NOT_ALLOWED("Addresses of this origin are not accepted."),
  NOT_SUPPORTED("The currency is not supported."),
  NOT_THE_EVENTS_CURRENCY("The price must have the event's currency."),
  NOT_AFTER_START("The end must be after the start."),
  NOT_AFTER_OPENING("The sale must close after it opens."),
  NOT_IN_ORDER("The tiers must be in order, the earliest deadline first."),
  LESS_THAN_MINIMUM("The greatest number must not be below the least."),
  TICKET_TYPE_TWICE("The same ticket type is named twice."),
  IN_THE_PAST("The time has passed."),
  NOT_FOUND("There is no such thing, or it belongs to something else."),
  PURPOSE_TAKEN("Another file has this purpose already."),
  TOO_LARGE("The file is larger than it may be."),
  NOT_AFTER_FROM("The end must be after the beginning."),
  TOO_FAR("The time between the beginning and the end is longer than it may be."),
  AMOUNT_GIVEN("Either an amount or tickets are named, not both."),
  TICKET_NOT_FOUND("The registration has no such ticket."),
  CURRENCY_TWICE("The same currency is named twice."),
  WRONG_CURRENCY("The amount must have the payment's currency.");

  private final String meaning;

  FieldProblem(String meaning) {
    this.meaning = meaning;
  }

  /** What the code means, as a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The fault with this code. */
  static FieldProblem named(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** This fault of a field, which is a JSON path such as {@code tickets[0].quantity}. */
  public FieldError at(String field) {
    return new FieldError(field, this, List.of());
  }

  /** This fault of a field, with the values or types that the field allows. */
  public FieldError at(String field, List<String> allowed) {
    return new FieldError(field, this, allowed);
  }

  /** The refusal of a request in which this field alone is wrong. */
  public RuleViolation on(String field) {
    return CommonProblem.INVALID_REQUEST.violation(List.of(at(field)));
  }
}
