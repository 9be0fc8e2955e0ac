package io.cpdevents.accounts;

import io.cpdevents.platform.error.ProblemCode;

/** The codes by which this service alone refuses. */
public enum AccountsProblem implements ProblemCode {
  TOKEN_INVALID(
      Kind.INVALID,
      "The link was used already, is too old, or is not one of ours.",
      "Ask for a new mail."),
  INVALID_CREDENTIALS(
      Kind.UNAUTHENTICATED,
      "The e-mail address, the password, the code or the passkey is wrong.",
      "Ask the person again; never repeat by itself. A code of an authenticator app counts once."),
  TOTP_REQUIRED(
      Kind.UNAUTHENTICATED,
      "The account has a second factor: the password alone is not enough.",
      "Ask for the code of the authenticator app or a recovery code and send the request again with"
          + " it, or let the person log in with a passkey (POST /sessions/passkey)."),
  TOTP_ALREADY_SET_UP(
      Kind.CONFLICT,
      "An authenticator app is set up already.",
      "Remove it first, to set up another one."),
  TOTP_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is no such authenticator app, or its confirmation took too long.",
      "Begin again with POST /me/totp."),
  PASSKEY_NOT_FOUND(Kind.NOT_FOUND, "You have no such passkey.", "List the passkeys again."),
  PASSKEY_REFUSED(
      Kind.INVALID,
      "What the passkey has signed is not what was asked for, or is too old.",
      "Begin again with POST /me/passkeys/options, on a page of the configured origin."),
  PASSKEY_LIMIT_REACHED(
      Kind.CONFLICT,
      "An account can have a limited number of passkeys.",
      "Remove those that are not used."),
  FACTOR_NOT_FOUND(
      Kind.NOT_FOUND,
      "The account has no second factor.",
      "Set one up first: recovery codes come with it."),
  FACTOR_REMOVAL_NOT_FOUND(
      Kind.NOT_FOUND,
      "No removal of this person's second factors waits, or there never was one.",
      "Nothing: it was done, or called off."),
  EMAIL_UNVERIFIED(
      Kind.FORBIDDEN,
      "Follow the link in the mail that we sent you first.",
      "Offer to send the verification mail again."),
  ACCOUNT_NOT_FOUND(Kind.NOT_FOUND, "The account does not exist any more.", "Log in again."),
  SESSION_NOT_FOUND(Kind.NOT_FOUND, "You have no such session.", "List the sessions again."),
  VERIFICATION_MAIL_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is nothing to send for this request any more.",
      "Nothing: the mail is not needed any more."),
  SAME_EMAIL(Kind.CONFLICT, "This is the address already.", "Nothing."),
  EMAIL_TAKEN(
      Kind.CONFLICT,
      "Another account has this address by now.",
      "Log in to that account, or choose another address."),
  MAIL_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is nothing to send because of this any more.",
      "Nothing: the mail is not needed any more."),
  ORGANIZATION_LIMIT_REACHED(
      Kind.CONFLICT,
      "A person can belong to a limited number of organizations.",
      "Leave an organization first."),
  LAST_OWNER(
      Kind.CONFLICT,
      "An organization always has an owner.",
      "Make another member an owner first, transfer the ownership, or close the organization."),
  ORGANIZATION_BUSY(
      Kind.CONFLICT,
      "Something of the organization is not over: the detail names what.",
      "Cancel published events that are not over, and wait for refunds, disputes and payouts. Have"
          + " the balance paid out; without a payout account, give it back to buyers by refunds."
          + " Pay or cancel a plan that is in arrears, and call off a change of plan. Meetings at"
          + " Zoom are deleted and read within a day: wait, or disconnect Zoom."),
  MEMBER_NOT_FOUND(
      Kind.NOT_FOUND, "The organization has no such member.", "List the members again."),
  ALREADY_MEMBER(
      Kind.CONFLICT,
      "The person belongs to the organization already.",
      "Change the member's role instead."),
  MEMBER_LIMIT_REACHED(
      Kind.CONFLICT,
      "An organization has a limited number of members and open invitations.",
      "Take back invitations that nobody accepts, or remove members."),
  INVITATION_NOT_FOUND(
      Kind.NOT_FOUND, "There is no such open invitation.", "List the invitations again."),
  INVITATION_OF_ANOTHER_ADDRESS(
      Kind.FORBIDDEN,
      "The invitation is for another e-mail address than that of your account.",
      "Offer to log in with the account of that address."),
  API_KEY_NOT_FOUND(
      Kind.NOT_FOUND, "The organization has no such API key.", "List the API keys again."),
  API_KEY_LIMIT_REACHED(
      Kind.CONFLICT,
      "An organization can have a limited number of API keys.",
      "End those that are not used."),
  LAST_PLATFORM_ADMIN(
      Kind.CONFLICT,
      "You are the last who administers the platform.",
      "Make somebody else a platform-admin first."),
  ERASURE_NOT_WAITING(
      Kind.CONFLICT, "You have not asked to be erased.", "Nothing: there is nothing to call off."),
  ERASURE_UNDER_WAY(
      Kind.CONFLICT,
      "The erasure has begun and cannot be called off any more.",
      "Nothing: sign up anew when the mail with the receipt has come."),
  ERASURE_NOT_FOUND(Kind.NOT_FOUND, "There is no such erasure.", "Check who is logged in."),
  DATA_EXPORT_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is no such export, or not any more.",
      "Ask for a new one; it can be fetched for three days."),
  MEETING_NOT_FOUND(
      Kind.NOT_FOUND,
      "The organization has no such published event.",
      "List the events of the organization again."),
  ZOOM_NOT_OFFERED(
      Kind.CONFLICT,
      "This platform has no app at Zoom.",
      "Hide it; only the platform's operator can change that."),
  ZOOM_AUTHORIZATION_INVALID(
      Kind.INVALID,
      "The way to Zoom was not begun in this session, was followed already, or took too long.",
      "Begin again with PUT /organizations/{id}/zoom, in the browser that has the session."),
  SERVER_BUSY(
      Kind.TOO_MANY_REQUESTS,
      "Too many people are logging in right now; try again.",
      "Repeat the request after the time in Retry-After.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  AccountsProblem(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
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
}
