package io.cpdevents.notification.mails.web;

import io.cpdevents.notification.NotificationProblem;
import io.cpdevents.notification.Refuses;
import io.cpdevents.notification.mails.Mail;
import io.cpdevents.notification.mails.MailQueries;
import io.cpdevents.notification.mails.ResendMail;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.text.EmailAddresses;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mails of organizations. */
@Tag(name = "Mails", description = "What became of mails.")
@RestController
class MailController {

  private final MailQueries queries;
  private final ResendMail resendMail;

  MailController(MailQueries queries, ResendMail resendMail) {
    this.queries = queries;
    this.resendMail = resendMail;
  }

  /**
   * What became of the organization's mails, the newest first: owner, admin and staff may know, and
   * support.
   */
  @Operation(summary = "What became of an organization's mails")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/api/v1/organizations/{organizationId}/mails")
  Page<MailView> listMails(
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @Nullable UUID registrationId,
      PageRequest page,
      Caller caller) {
    if (!caller.has(PlatformRole.PLATFORM_SUPPORT)) {
      caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.STAFF);
    }
    Page<Mail> mails = queries.list(organizationId, registrationId, page);
    Map<UUID, String> addresses = queries.addresses(mails.data());
    return mails.map(mail -> MailView.of(mail, shown(addresses.get(mail.id()), caller)));
  }

  /** What became of a mail: owner, admin and staff of its organization may know, and support. */
  @Operation(summary = "What became of a mail")
  @Refuses({NotificationProblem.MAIL_NOT_FOUND})
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/api/v1/mails/{mailId}")
  MailView getMail(@PathVariable UUID mailId, Caller caller) {
    return view(
        caller.has(PlatformRole.PLATFORM_SUPPORT)
            ? queries.find(mailId).orElseThrow(() -> NotificationProblem.MAIL_NOT_FOUND.violation())
            : find(mailId, caller, OrganizationRole.ADMIN, OrganizationRole.STAFF),
        caller);
  }

  /** Sends a mail once more; it says how things are now: owner and admin. */
  @Operation(summary = "Send a mail once more")
  @Refuses({
    NotificationProblem.MAIL_NOT_FOUND,
    NotificationProblem.MAIL_UNDER_WAY,
    NotificationProblem.RESENT_TOO_OFTEN
  })
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/api/v1/mails/{mailId}/resend")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<MailView> resendMail(@PathVariable UUID mailId, Intent intent, Caller caller) {
    find(mailId, caller, OrganizationRole.ADMIN);
    MailView resent = view(resendMail.handle(new ResendMail.Command(mailId, intent.id())), caller);
    return ResponseEntity.created(URI.create("/api/v1/mails/" + resent.id())).body(resent);
  }

  private MailView view(Mail mail, Caller caller) {
    return MailView.of(mail, shown(queries.addresses(List.of(mail)).get(mail.id()), caller));
  }

  /** Support has to tell people where their mail went; an organization recognizes them by less. */
  private static @Nullable String shown(@Nullable String address, Caller caller) {
    return address == null || caller.has(PlatformRole.PLATFORM_SUPPORT)
        ? address
        : EmailAddresses.masked(address);
  }

  /** A mail of an organization in which the caller has one of the roles; others are not found. */
  private Mail find(UUID mailId, Caller caller, OrganizationRole... roles) {
    Mail mail =
        queries
            .find(mailId)
            .filter(found -> found.organizationId() != null)
            .orElseThrow(() -> NotificationProblem.MAIL_NOT_FOUND.violation());
    caller.requireRole(
        Objects.requireNonNull(mail.organizationId()), NotificationProblem.MAIL_NOT_FOUND, roles);
    return mail;
  }
}
