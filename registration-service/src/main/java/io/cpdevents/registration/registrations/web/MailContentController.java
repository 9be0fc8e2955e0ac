package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.registrations.MailContentQueries;
import io.cpdevents.registration.registrations.MailContentQueries.FormerHolder;
import io.cpdevents.registration.registrations.MailContentQueries.TicketCancellation;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives notification-service what a mail shows and no event may carry: names, addresses, ticket
 * codes and the reasons that people type.
 */
@RestController
class MailContentController {

  static final int MAX_REGISTRATIONS_PER_REQUEST = 50;

  private final RegistrationQueries registrations;
  private final MailContentQueries mailContents;

  MailContentController(RegistrationQueries registrations, MailContentQueries mailContents) {
    this.registrations = registrations;
    this.mailContents = mailContents;
  }

  /** The contents for those registrations that exist, in no order. */
  @InternalEndpoint
  @GetMapping("/internal/mail-contents")
  List<MailContent> mailContents(@RequestParam List<UUID> registrationId) {
    if (registrationId.size() > MAX_REGISTRATIONS_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("registrationId");
    }
    List<RegistrationView> found = registrations.findForMails(registrationId);
    Map<UUID, Long> eventVersions =
        mailContents.eventVersions(found.stream().map(each -> each.event().id()).toList());
    Map<UUID, TicketCancellation> cancellations =
        mailContents.cancellations(
            found.stream()
                .filter(RegistrationView::hasCancelledTickets)
                .map(RegistrationView::id)
                .toList());
    Map<UUID, List<FormerHolder>> formerHolders =
        mailContents.formerHolders(found.stream().map(RegistrationView::id).toList());
    return found.stream()
        .map(each ->
            MailContent.of(
                each,
                Objects.requireNonNull(eventVersions.get(each.event().id())),
                cancellations,
                formerHolders.getOrDefault(each.id(), List.of())))
        .toList();
  }
}
