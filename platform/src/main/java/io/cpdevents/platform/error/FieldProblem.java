package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong with a field of a request: the codes in {@code errors} of a problem {@code
 * invalid-request}.
 */
public enum FieldProblem {
  REQUIRED("The field must be there and not null."),
  UNKNOWN_FIELD("No such field or parameter is known here."),
  GIVEN_TWICE("The parameter or part is given more than once."),
  WRONG_TYPE("The value has another type than the field; `allowed` names the type or the values."),
  WRONG_FORMAT("The text does not have the form that the field asks for."),
  WRONG_LENGTH("The text is too short or too long, or the list has too few or too many elements."),
  OUT_OF_RANGE("The number or time is below the least or above the greatest that is accepted."),
  UNKNOWN_TIME_ZONE("This is not the name of a time zone (IANA)."),
  IS_EMAIL("The password is the e-mail address."),
  TOO_EASY(
      "The password is one of the common ones, has few different characters, or is little more than"
          + " the person's own name and address."),
  NOT_ALLOWED("Addresses of this origin are not accepted."),
  NOT_SUPPORTED("The currency is not supported."),
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
  ONE_OF_TWO("Exactly one of these two fields must be there."),
  NEVER_CHANGES("The field stays as it was made."),
  CURRENCY_TWICE("The same currency is named twice."),
  AMOUNT_NOT_PAYABLE("The amount is no multiple of the smallest payable unit of its currency."),
  WRONG_CURRENCY("The amount must have the currency of the event or payment that it belongs to.");

  private final String meaning;

  FieldProblem(String meaning) {
    this.meaning = meaning;
  }

  /** What the code means, as a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The code, kebab-case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fault with this code; empty when there is none. */
  static Optional<FieldProblem> named(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
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
