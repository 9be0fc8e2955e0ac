package io.cpdevents.notification.mails;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundRequester;
import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.EarlierMonthLeftOpen;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanPaymentDisputed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.ReplacementCardDeclined;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what happens to money that goes back to the mailboxes of buyers, attendees and owners. */
class MoneyMailsIT extends MailStage {

  private static final int TOGETHER = 24;
  private static final Instant DUE = Instant.parse("2027-03-20T23:59:00Z");

  private final UUID eventId = UUID.randomUUID();
  private final UUID paymentId = UUID.randomUUID();
  private final UUID refundId = UUID.randomUUID();
  private final UUID disputeId = UUID.randomUUID();
  private final UUID ownTicket = UUID.randomUUID();
  private final UUID othersTicket = UUID.randomUUID();
  private final UUID ownerId = UUID.randomUUID();
  private final String ownerEmail = "owner." + ownerId + "@example.org";
  private final String othersEmail = "grace." + accountId + "@example.org";

  @BeforeEach
  void buyer_and_organization_are_known() {
    introduce();
    facts.tell(
        new OrganizationChanged(organizationId, 1, "Nurses of Ontario", ownerId, null, null));
    facts.tell(
        new ProfileChanged(
            ownerId, 1, ownerEmail, "Olivia Owner", "en-CA", "America/Toronto", true));
    await()
        .until(
            () -> allRows().contains(ownerEmail) && organizations().contains("" + organizationId));
    stubTwoTickets("confirmed", "CODE-OF-ADA", "CODE-OF-GRACE", null);
  }

  @Test
  void a_confirmation_says_who_organizes_links_the_event_and_brings_it_into_the_calendar()
      throws Exception {
    facts.tell(confirmed(registrationId));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    for (String part : List.of(text(mail), html(mail))) {
      assertThat(part)
          .contains("Nurses of Ontario")
          .contains("https://app.cpd.example/events/" + eventId)
          .contains("https://app.cpd.example/registrations/" + registrationId);
    }
    Part calendar = parts(mail, "text/calendar").getFirst();
    assertThat(calendar.getContentType()).contains("method=PUBLISH").contains("event.ics");
    assertThat(read(calendar))
        .contains("UID:" + registrationId, "DTSTART:20261205T140000Z", "METHOD:PUBLISH");
    List<Part> pictures = parts(mail, "image/png");
    assertThat(pictures).hasSize(4);
    assertThat(pictures.stream().map(MoneyMailsIT::disposition))
        .containsExactly(Part.INLINE, Part.INLINE, Part.ATTACHMENT, Part.ATTACHMENT);
    assertThat(html(mail)).contains("cid:" + ownTicket + "@ticket");
    assertThat(pictures.getFirst().getHeader("Content-ID"))
        .containsExactly("<" + ownTicket + "@ticket>");
  }

  @Test
  void the_owner_is_told_twice_before_a_trial_ends_and_once_when_it_has_ended() throws Exception {
    // It has not heard yet that the trial is over.
    stubBeyondPlan(1, "");
    Instant end = clock.instant().plus(Duration.ofDays(14));
    for (Event event :
        List.of(
            new TrialStarted(organizationId, "professional", end, clock.instant()),
            new TrialEndNear(organizationId, "professional", 3, end, null),
            new TrialEndNear(organizationId, "professional", 3, end, null),
            new TrialEndNear(organizationId, "professional", 1, end, false),
            new TrialEnded(organizationId, "professional", "free", end, 2L),
            new TrialEnded(organizationId, "professional", "free", end, 2L))) {
      facts.tell(event);
    }

    assertThat(awaitMails(ownerEmail, 2)).noneMatch(mail -> subject(mail).endsWith("has ended"));
    stubBeyondPlan(2, "{\"eventId\": \"%s\", \"title\": \"Wound care\"}".formatted(eventId));
    List<MimeMessage> mails = awaitMails(ownerEmail, 3);
    assertNamesEventBeyondPlan(mails, "has ended");
    assertThat(mails.stream().map(MailStage::subject))
        .containsExactlyInAnyOrder(
            "3 days left: the trial of Professional for Nurses of Ontario",
            "1 day left: the trial of Professional for Nurses of Ontario",
            "The trial of Professional for Nurses of Ontario has ended");
    for (MimeMessage mail : mails) {
      assertThat(text(mail))
          .contains("stay on sale")
          .contains("https://app.cpd.example/organizations/" + organizationId + "/subscription");
    }
  }

  @Test
  void the_owner_is_told_that_the_card_will_be_and_has_been_charged_after_the_trial()
      throws Exception {
    Instant end = clock.instant().plus(Duration.ofDays(14));
    TrialPaid paid =
        new TrialPaid(
            organizationId,
            "professional",
            new MoneyAmount(9_900, "CAD"),
            end.plus(Duration.ofDays(30)),
            end);
    facts.tell(new TrialEndNear(organizationId, "professional", 3, end, true));
    facts.tell(paid);
    facts.tell(paid);

    List<MimeMessage> mails = awaitMails(ownerEmail, 2);
    assertThat(mails.stream().map(MailStage::subject))
        .containsExactlyInAnyOrder(
            "3 days left: the trial of Professional for Nurses of Ontario",
            "The Professional plan of Nurses of Ontario is paid");
    for (MimeMessage mail : mails) {
      assertThat(text(mail)).contains("card").doesNotContain("Nothing is charged");
    }
    assertThat(text(mails.get(0)) + text(mails.get(1))).contains("99.00");
  }

  @Test
  void an_owner_whose_credit_has_paid_the_month_after_the_trial_is_told_of_no_charge()
      throws Exception {
    Instant end = clock.instant();
    facts.tell(
        new TrialPaid(
            organizationId,
            "professional",
            new MoneyAmount(0, "CAD"),
            end.plus(Duration.ofDays(30)),
            end));

    MimeMessage mail = awaitMails(ownerEmail, 1).getFirst();

    assertThat(text(mail)).contains("nothing was charged").doesNotContain("your card was charged");
    assertThat(html(mail)).contains("nothing was charged").doesNotContain("your card was charged");
  }

  @Test
  void the_owner_is_told_each_step_of_another_plan_once() throws Exception {
    Instant now = clock.instant();
    String starter = "starter";
    String professional = "professional";
    for (Event event :
        List.of(
            new PlanChangeNeedsAuthentication(
                organizationId, starter, professional, now.plus(Duration.ofHours(23)), now),
            new PlanChangeFailed(organizationId, starter, professional, "lost_card", now),
            new PlanChanged(organizationId, professional, starter, now),
            new PlanChanged(organizationId, professional, starter, now),
            new PlanChangeScheduled(
                organizationId, professional, starter, now.plus(Duration.ofDays(30)), now),
            new PlanChangeCalledOff(organizationId, professional, starter, now))) {
      facts.tell(event);
    }

    List<MimeMessage> mails = awaitMails(ownerEmail, 5);
    assertThat(mails.stream().map(MailStage::subject))
        .containsExactlyInAnyOrder(
            "Please confirm the payment: the Professional plan of Nurses of Ontario",
            "Nurses of Ontario stays on the Starter plan",
            "Nurses of Ontario is on the Professional plan",
            "The Starter plan of Nurses of Ontario begins with the next month",
            "Nurses of Ontario stays on the Professional plan");
    for (MimeMessage mail : mails) {
      assertThat(text(mail))
          .contains("https://app.cpd.example/organizations/" + organizationId + "/subscription");
    }
  }

  @Test
  void the_owner_is_told_each_step_of_a_plan_that_is_not_paid_once() throws Exception {
    // It has not heard yet that the plan is lost.
    stubBeyondPlan(6, "");
    Instant now = clock.instant();
    MoneyAmount total = new MoneyAmount(9_900, "CAD");
    String plan = "professional";
    for (Event event :
        List.of(
            failed(1, now.plus(Duration.ofDays(1)), "insufficient_funds"),
            failed(1, now.plus(Duration.ofDays(1)), "insufficient_funds"),
            failed(2, now.plus(Duration.ofDays(3)), "no_payment_method"),
            new GraceStarted(
                organizationId,
                plan,
                total,
                now.plus(Duration.ofDays(14)),
                now,
                "authentication_required"),
            new PlanLost(organizationId, plan, "free", now, 7L),
            new PlanPaymentDisputed(organizationId, total, false, now.plusSeconds(2)),
            new PlanPaymentDisputed(organizationId, total, false, now.plusSeconds(2)),
            new EarlierMonthLeftOpen(
                organizationId, plan, total, now.minus(Duration.ofDays(31)), now),
            new EarlierMonthLeftOpen(
                organizationId, plan, total, now.minus(Duration.ofDays(31)), now),
            new RenewalRecovered(organizationId, plan, now.plusSeconds(1)))) {
      facts.tell(event);
    }

    List<MimeMessage> early = awaitMails(ownerEmail, 6);
    assertThat(early).noneMatch(mail -> subject(mail).endsWith("has ended"));
    stubBeyondPlan(7, "{\"eventId\": \"%s\", \"title\": \"Wound care\"}".formatted(eventId));
    List<MimeMessage> mails = awaitMails(ownerEmail, 7);
    assertThat(mails.stream().map(MailStage::subject))
        .containsExactlyInAnyOrder(
            "A month of the Professional plan of Nurses of Ontario is still open",
            "Please check your card: the Professional plan of Nurses of Ontario",
            "Please check your card: the Professional plan of Nurses of Ontario",
            "The Professional plan of Nurses of Ontario is not paid",
            "The Professional plan of Nurses of Ontario has ended",
            "Your bank disputes a payment for the plan of Nurses of Ontario",
            "The Professional plan of Nurses of Ontario goes on");
    assertThat(mails)
        .filteredOn(mail -> subject(mail).startsWith("Your bank disputes"))
        .allSatisfy(mail -> assertThat(text(mail)).contains("99.00", "has taken the money back"));
    assertThat(mails)
        .filteredOn(mail -> subject(mail).startsWith("Please check your card"))
        .anySatisfy(
            mail -> assertThat(text(mail)).contains("Why: there is not enough on it", "attempt 1"))
        .anySatisfy(mail -> assertThat(text(mail)).contains("Why: there is no card", "attempt 2"));
    assertThat(mails)
        .filteredOn(mail -> subject(mail).endsWith("of Nurses of Ontario is not paid"))
        .hasSize(1)
        .allSatisfy(mail -> {
          assertThat(text(mail)).contains("Your bank wants you to confirm this payment");
          assertThat(html(mail)).contains("Your bank wants you to confirm this payment");
        });
    assertNamesEventBeyondPlan(mails, "has ended");
    for (MimeMessage mail : mails) {
      assertThat(text(mail))
          .contains("https://app.cpd.example/organizations/" + organizationId + "/subscription");
    }
  }

  private RenewalFailed failed(int attempt, Instant next, String declineCode) {
    return new RenewalFailed(
        organizationId,
        "professional",
        attempt,
        new MoneyAmount(9_900, "CAD"),
        next,
        clock.instant(),
        declineCode);
  }

  private void assertNamesEventBeyondPlan(List<MimeMessage> mails, String endOfSubject) {
    assertThat(mails)
        .filteredOn(mail -> subject(mail).endsWith(endOfSubject))
        .hasSize(1)
        .allSatisfy(mail -> {
          assertThat(text(mail)).contains("could not have been published", "- Wound care");
          assertThat(html(mail)).contains("Wound care");
        });
  }

  private void stubBeyondPlan(long version, String events) {
    OWNERS.stubFor(
        get(urlPathEqualTo("/internal/events-beyond-plan"))
            .withHeader("Authorization", equalTo("Bearer " + INTERNAL_TOKEN))
            .willReturn(
                okJson(
                    """
                    [{"organizationId": "%s", "entitlementsVersion": %d, "events": [%s]}]
                    """
                        .formatted(organizationId, version, events))));
  }

  @Test
  void the_owner_is_told_once_what_becomes_of_cards_and_of_a_cancelled_plan() throws Exception {
    stubBeyondPlan(4, "");
    Instant now = clock.instant();
    Instant end = now.plus(Duration.ofDays(30));
    for (Event event :
        List.of(
            new CardExpiryNear(organizationId, "pm_1", "visa", "4242", 30, end),
            new CardExpiryNear(organizationId, "pm_1", "visa", "4242", 30, end),
            new CardExpiryNear(organizationId, "pm_1", "visa", "4242", 1, end),
            new DefaultCardReplaced(
                organizationId, "pm_2", "mastercard", "4444", "visa", "4242", now),
            new PaymentMethodMissing(organizationId, now),
            declined("insufficient_funds", now.plus(Duration.ofDays(10)), now),
            declined("insufficient_funds", now.plus(Duration.ofDays(10)), now),
            new PlanEnded(organizationId, "professional", "free", now, 5L))) {
      facts.tell(event);
    }

    assertThat(awaitMails(ownerEmail, 5))
        .noneMatch(mail -> subject(mail).endsWith("was cancelled and has ended"));
    stubBeyondPlan(5, "{\"eventId\": \"%s\", \"title\": \"Wound care\"}".formatted(eventId));
    List<MimeMessage> mails = awaitMails(ownerEmail, 6);
    assertNamesEventBeyondPlan(mails, "was cancelled and has ended");
    assertThat(mails)
        .filteredOn(mail -> subject(mail).startsWith("This card"))
        .allSatisfy(mail -> {
          assertThat(text(mail))
              .contains("MASTERCARD •••• 4444", "99.00", "there is not enough on it");
          assertThat(html(mail)).contains("there is not enough on it");
        });
    assertThat(mails.stream().map(MailStage::subject))
        .containsExactlyInAnyOrder(
            "This card could not be charged: the Professional plan of Nurses of Ontario",
            "Your card VISA •••• 4242 expires in 30 days",
            "Your card VISA •••• 4242 expires in 1 day",
            "Another card pays for the plan of Nurses of Ontario",
            "No valid card is left for the plan of Nurses of Ontario",
            "The Professional plan of Nurses of Ontario was cancelled and has ended");
    assertThat(mails)
        .filteredOn(mail -> subject(mail).startsWith("Another card"))
        .allSatisfy(mail -> {
          assertThat(text(mail)).contains("VISA •••• 4242", "MASTERCARD •••• 4444");
          assertThat(html(mail)).contains("MASTERCARD •••• 4444");
        });
  }

  private ReplacementCardDeclined declined(String code, Instant graceEndsAt, Instant at) {
    return new ReplacementCardDeclined(
        organizationId,
        "professional",
        "pm_2",
        "mastercard",
        "4444",
        new MoneyAmount(9_900, "CAD"),
        code,
        graceEndsAt,
        at);
  }

  @Test
  void an_attendee_who_is_not_the_buyer_gets_the_own_ticket_alone_and_once() throws Exception {
    facts.tell(confirmed(registrationId));
    facts.tell(confirmed(registrationId));

    MimeMessage mail = awaitMails(othersEmail, 1).getFirst();
    awaitStatus(othersTicket, "sent");
    assertThat(mail.getSubject()).isEqualTo("Your ticket for Wound care");
    for (String part : List.of(text(mail), html(mail))) {
      assertThat(part)
          .contains("CODE-OF-GRACE")
          .contains("Hello Grace Guest")
          .doesNotContain("CODE-OF-ADA");
    }
    assertThat(parts(mail, "image/png")).hasSize(2);
    assertThat(read(parts(mail, "text/calendar").getFirst())).contains("UID:" + othersTicket);

    // Sent again, the confirmation does not tell the others again.
    awaitStatus(registrationId, "sent");
    String path = "/api/v1/mails/" + column("id::text", registrationId) + "/resend";
    as("admin").post(path).expect(201);
    awaitMails(email, 2);
    assertThat(subjects(othersEmail)).containsExactly("Your ticket for Wound care");
    assertThat(status(ownTicket)).isEmpty();
  }

  @Test
  void a_cancellation_and_its_refund_are_one_mail_that_tells_what_goes_back_and_what_does_not()
      throws Exception {
    stubTwoTickets(
        "cancelled",
        null,
        null,
        "{\"tier\": {\"untilHoursBeforeStart\": 48, \"refundBasisPoints\": 5000}}");
    tellTwice(accepted(RefundCause.ATTENDEE_CANCELLED));
    tellTwice(cancelled(CancellationCause.ATTENDEE, true, money(10_000)));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Your registration for Wound care is cancelled");
    for (String part : List.of(text(mail), html(mail))) {
      assertThat(part)
          .contains("You have cancelled your registration")
          .contains("We are refunding CAD\u00a0100.00")
          .contains("five to ten days")
          .contains("CAD\u00a0100.00 of what you paid is not refunded")
          .contains("50% of the price goes back until 48 hours before the start");
    }
    Part calendar = parts(mail, "text/calendar").getFirst();
    assertThat(calendar.getContentType()).contains("method=CANCEL");
    assertThat(read(calendar)).contains("UID:" + registrationId, "METHOD:CANCEL", "SEQUENCE:7");
    awaitMails(othersEmail, 1);
    assertThat(subjects(othersEmail)).containsExactly("Your ticket for Wound care is cancelled");
    assertThat(subjects(email)).hasSize(1);
  }

  @Test
  void what_the_organization_cancels_is_told_with_its_reason_which_is_stored_nowhere()
      throws Exception {
    stubTwoTickets("cancelled", null, null, "{\"reason\": \"Not a nurse\"}");
    facts.tell(cancelled(CancellationCause.ORGANIZATION, true, money(20_000)));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(text(mail))
        .contains("The organizer has cancelled your registration")
        .contains("Not a nurse")
        .contains("CAD\u00a0200.00")
        .doesNotContain("is not refunded");
    // What is between the organization and the buyer is not told to other attendees.
    assertThat(text(awaitMails(othersEmail, 1).getFirst())).doesNotContain("Not a nurse");
    awaitStatus(registrationId, "sent");
    assertThat(allRows()).doesNotContain("Not a nurse");
  }

  @Test
  void a_cancelled_event_is_told_to_buyers_and_attendees_with_the_reason() throws Exception {
    stubTwoTickets("cancelled", null, null, "{\"reason\": \"The speaker is ill\"}");
    facts.tell(cancelled(CancellationCause.EVENT, true, money(20_000)));
    facts.tell(accepted(RefundCause.EVENT_CANCELLED));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Wound care is cancelled");
    assertThat(text(mail)).contains("does not take place").contains("The speaker is ill");
    assertThat(text(awaitMails(othersEmail, 1).getFirst()))
        .contains("does not take place")
        .contains("The speaker is ill")
        .doesNotContain("CAD");
  }

  @Test
  void a_hold_that_its_buyer_let_go_mails_nobody_and_one_of_a_cancelled_event_does() {
    facts.tell(cancelled(CancellationCause.ATTENDEE, false, null));
    UUID other = UUID.randomUUID();
    stubRegistration(other, "Other event", "CAD", 12_550);
    facts.tell(
        new RegistrationCancelled(
            other,
            accountId,
            eventId,
            organizationId,
            null,
            CancellationCause.EVENT,
            false,
            List.of(UUID.randomUUID()),
            null,
            null,
            clock.instant()));

    awaitStatus(other, "sent");
    assertThat(subjects(email)).containsExactly("Other event is cancelled");
    assertThat(status(registrationId)).isEmpty();
  }

  @Test
  void cancelled_tickets_are_named_and_the_registration_goes_on() throws Exception {
    stubTwoTickets("confirmed", "CODE-OF-ADA", null, null);
    TicketsCancelled some =
        new TicketsCancelled(
            registrationId,
            accountId,
            eventId,
            organizationId,
            paymentId,
            CancellationCause.ATTENDEE,
            List.of(othersTicket),
            refundId,
            money(10_000),
            clock.instant());
    tellTwice(some);

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Tickets for Wound care are cancelled");
    assertThat(text(mail))
        .contains("- Regular, Grace Guest")
        .doesNotContain("- Regular, Ada Lovelace")
        .contains("Your other tickets stay valid.");
    assertThat(parts(mail, "text/calendar")).isEmpty();
    assertThat(read(parts(awaitMails(othersEmail, 1).getFirst(), "text/calendar").getFirst()))
        .contains("UID:" + othersTicket, "METHOD:CANCEL");
  }

  @Test
  void money_that_paid_for_nothing_is_told_with_the_reason_and_the_amount() throws Exception {
    facts.tell(accepted(RefundCause.PAYMENT_TOO_LATE));
    MimeMessage late = awaitMails(email, 1).getFirst();
    assertThat(late.getSubject()).isEqualTo("We are refunding your payment for Wound care");
    assertThat(text(late)).contains("no places were left").contains("CAD\u00a0100.00");

    stubTwoTickets("cancelled", null, null, "{}");
    facts.tell(accepted(UUID.randomUUID(), RefundCause.PAYMENT_TOO_LATE));
    assertThat(text(awaitMails(email, 2).getLast()))
        .contains("after your registration had been cancelled");

    facts.tell(accepted(UUID.randomUUID(), RefundCause.PAID_TWICE));
    MimeMessage twice = awaitMails(email, 3).getLast();
    assertThat(twice.getSubject()).isEqualTo("We are refunding your second payment for Wound care");
    assertThat(text(twice)).contains("CAD\u00a0100.00").contains("R-7F3K");
  }

  @Test
  void a_refund_of_the_organization_is_told_once_with_its_reason_in_whatever_order_it_succeeds()
      throws Exception {
    stubReason("You had to stand");
    tellTwice(succeeded(clock.instant()));
    awaitMails(email, 1);
    tellTwice(accepted(RefundCause.REQUESTED));

    List<MimeMessage> mails = awaitMails(email, 2);
    assertThat(subjects(email))
        .containsExactly(
            "Your refund for Wound care has been made", "You get money back for Wound care");
    assertThat(text(mails.getFirst())).contains("CAD\u00a0100.00").contains("five to ten days");
    assertThat(text(mails.getLast())).contains("You had to stand").contains("CAD\u00a0100.00");
    awaitStatus(refundId, "sent");
    assertThat(allRows()).doesNotContain("You had to stand");
  }

  @Test
  void a_refund_that_fails_is_told_once_while_it_is_retried_and_once_when_a_person_has_to_help()
      throws Exception {
    facts.tell(failed(true, false, clock.instant()));
    facts.tell(failed(true, false, clock.instant().plusSeconds(60)));
    tellTwice(failed(false, false, clock.instant().plusSeconds(120)));

    List<MimeMessage> mails = awaitMails(email, 2);
    assertThat(mails)
        .extracting(MimeMessage::getSubject)
        .containsOnly("Your refund for Wound care did not go through");
    assertThat(mails)
        .anySatisfy(mail ->
            assertThat(text(mail))
                .contains("trying again by ourselves")
                .contains("the card has expired"))
        .anySatisfy(mail -> assertThat(text(mail)).contains("The amount is still owed to you"));
  }

  @Test
  void a_refund_that_the_bank_sends_back_is_told_and_so_is_the_next_that_succeeds() {
    Instant now = clock.instant();
    tellTwice(succeeded(now));
    tellTwice(failed(false, true, now.plusSeconds(60)));
    tellTwice(succeeded(now.plusSeconds(120)));

    awaitMails(email, 3);
    assertThat(subjects(email))
        .containsExactlyInAnyOrder(
            "Your refund for Wound care has been made",
            "Your bank has sent back your refund for Wound care",
            "Your refund for Wound care has been made");
  }

  @Test
  void a_refund_that_is_called_off_and_one_for_a_warning_of_fraud_are_told_to_the_buyer() {
    facts.tell(
        new RefundCancelled(
            paymentId,
            refundId,
            registrationId,
            accountId,
            eventId,
            organizationId,
            money(10_000),
            RefundCause.REQUESTED,
            clock.instant()));
    awaitMails(email, 1);
    facts.tell(accepted(RefundCause.FRAUD_WARNING));

    awaitMails(email, 2);
    assertThat(subjects(email))
        .containsExactly(
            "A refund for Wound care was called off",
            "We are refunding your payment for Wound care");
  }

  @Test
  void a_refund_that_was_made_at_stripe_is_told_to_the_buyer_and_to_the_owner() throws Exception {
    tellTwice(accepted(RefundCause.MADE_AT_STRIPE));

    awaitMails(email, 1);
    MimeMessage mail = awaitMails(ownerEmail, 1).getFirst();
    assertThat(subjects(email)).containsExactly("You get money back for Wound care");
    assertThat(mail.getSubject()).isEqualTo("A refund for Wound care was made at Stripe");
    assertThat(text(mail))
        .contains("Hello Olivia Owner")
        .contains(
            "https://app.cpd.example/organizations/%s/refunds/%s"
                .formatted(organizationId, refundId))
        .contains("because you own Nurses of Ontario");
  }

  @Test
  void a_refund_that_the_platform_has_made_is_told_to_the_owner_and_the_organizations_own_is_not()
      throws Exception {
    stubReasons(List.of(refundId));
    tellTwice(accepted(refundId, RefundCause.REQUESTED, RefundRequester.PLATFORM));

    awaitMails(email, 1);
    MimeMessage mail = awaitMails(ownerEmail, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("We have refunded a payment for Wound care");
    assertThat(text(mail))
        .contains("Hello Olivia Owner")
        .contains(
            "https://app.cpd.example/organizations/%s/refunds/%s"
                .formatted(organizationId, refundId));
    UUID own = UUID.randomUUID();
    stubReasons(List.of(own));
    tellTwice(accepted(own, RefundCause.REQUESTED, RefundRequester.ORGANIZATION));
    awaitMails(email, 2);
    awaitMails(ownerEmail, 1);
  }

  @Test
  void a_dispute_is_told_to_the_owner_with_amount_reason_deadline_and_what_to_do()
      throws Exception {
    tellTwice(opened(false));

    MimeMessage mail = awaitMails(ownerEmail, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("A payment for Wound care is disputed");
    for (String part : List.of(text(mail), html(mail))) {
      assertThat(part)
          .contains("CAD\u00a0200.00")
          .contains("I did not get what I paid for")
          .contains("Saturday, March 20, 2027, 19:59 EDT")
          .contains("If you do nothing until then, the dispute is lost")
          .contains(
              "https://app.cpd.example/organizations/%s/disputes/%s"
                  .formatted(organizationId, disputeId));
    }
    assertThat(subjects(email)).isEmpty();
  }

  @Test
  void each_step_of_a_dispute_is_told_once() {
    List<Event> steps =
        List.of(
            opened(true),
            new DisputeEscalated(
                paymentId,
                disputeId,
                registrationId,
                accountId,
                eventId,
                organizationId,
                money(20_000),
                true,
                DUE,
                clock.instant()),
            near(72),
            near(24),
            closed(DisputeOutcome.LOST, 1),
            closed(DisputeOutcome.WON, 2));
    for (int i = 0; i < steps.size(); i++) {
      tellTwice(steps.get(i));
      awaitMails(ownerEmail, i + 1);
    }

    assertThat(subjects(ownerEmail))
        .containsExactly(
            "A bank asks about a payment for Wound care",
            "The inquiry about a payment for Wound care has become a dispute",
            "72 hours left: dispute about a payment for Wound care",
            "24 hours left: dispute about a payment for Wound care",
            "The dispute about a payment for Wound care is lost",
            "You have won the dispute about a payment for Wound care");
  }

  @Test
  void a_deadline_that_has_passed_is_not_told_any_more() {
    DisputeDeadlineNear late =
        new DisputeDeadlineNear(
            paymentId,
            disputeId,
            registrationId,
            accountId,
            eventId,
            organizationId,
            money(20_000),
            clock.instant(),
            24,
            clock.instant());
    facts.tell(late);
    facts.tell(closed(DisputeOutcome.INQUIRY_CLOSED, 1));
    awaitMails(ownerEmail, 1);
    facts.tell(closed(DisputeOutcome.PREVENTED, 2));

    awaitMails(ownerEmail, 2);
    assertThat(subjects(ownerEmail))
        .containsExactly(
            "The inquiry about a payment for Wound care is closed",
            "The dispute about a payment for Wound care was withdrawn");
  }

  @Test
  void a_warning_of_fraud_is_told_to_whoever_owns_the_organization_by_then() throws Exception {
    UUID newOwner = UUID.randomUUID();
    String newEmail = "new." + newOwner + "@example.org";
    facts.tell(
        new OrganizationChanged(organizationId, 2, "Nurses of Ontario", newOwner, null, null));
    await().until(() -> organizations().contains("" + newOwner));
    FraudWarningReceived warning =
        new FraudWarningReceived(
            paymentId,
            registrationId,
            accountId,
            eventId,
            organizationId,
            "made_with_stolen_card",
            true,
            clock.instant());
    tellTwice(warning);
    await().until(() -> reason(paymentId).equals("profile-unknown"));
    facts.tell(
        new ProfileChanged(newOwner, 1, newEmail, "Nora New", "fr-CA", "America/Toronto", true));

    MimeMessage mail = awaitMails(newEmail, 1).getFirst();
    assertThat(mail.getSubject())
        .isEqualTo("Un paiement pour «\u00a0Wound care\u00a0» est peut-être une fraude");
    assertThat(text(mail)).contains("La carte a été perdue ou volée").contains("remboursée");
    assertThat(subjects(ownerEmail)).isEmpty();
  }

  @Test
  void who_reads_french_gets_the_whole_mail_in_french_with_amounts_and_dates_as_there()
      throws Exception {
    facts.tell(
        new ProfileChanged(accountId, 2, email, "Ada Lovelace", "fr-CA", "America/Toronto", true));
    await().until(() -> allRows().contains("fr-CA"));
    facts.tell(confirmed(registrationId));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Vos billets pour «\u00a0Wound care\u00a0»");
    assertThat(mail.getHeader("Content-Language")).containsExactly("fr");
    assertThat(text(mail))
        .contains("samedi 5 décembre 2026, 09:00–17:00 HNE")
        .contains("200,00\u00a0CAD")
        .contains("Bonjour Ada Lovelace,");
    assertThat(html(mail)).contains("lang=\"fr\"");
    // The buyer's language is the best guess for somebody without an account.
    assertThat(awaitMails(othersEmail, 1).getFirst().getSubject())
        .isEqualTo("Votre billet pour «\u00a0Wound care\u00a0»");
  }

  @Test
  void mails_that_are_due_together_ask_each_owner_together() {
    UUID buyer = UUID.randomUUID();
    List<UUID> refunds = IntStream.range(0, TOGETHER).mapToObj(_ -> UUID.randomUUID()).toList();
    stubReasons(refunds);
    for (UUID refund : refunds) {
      facts.tell(
          new RefundAccepted(
              paymentId,
              refund,
              registrationId,
              buyer,
              eventId,
              organizationId,
              money(100),
              RefundCause.REQUESTED,
              clock.instant(),
              null,
              RefundRequester.ORGANIZATION));
    }
    await().until(() -> refunds.stream().allMatch(id -> reason(id).equals("profile-unknown")));
    OWNERS.resetRequests();
    facts.tell(new ProfileChanged(buyer, 1, "b." + email, "Bea", "en", "UTC", true));

    await().until(() -> refunds.stream().allMatch(id -> status(id).equals("sent")));
    for (String owner : List.of("/internal/refund-reasons", "/internal/mail-contents")) {
      assertThat(OWNERS.findAll(getRequestedFor(urlPathEqualTo(owner))).size())
          .as(owner)
          .isBetween(1, TOGETHER / 2);
    }
  }

  private void tellTwice(Event event) {
    facts.tell(event);
    facts.tell(event);
  }

  private static MoneyAmount money(long amountMinor) {
    return new MoneyAmount(amountMinor, "CAD");
  }

  private RegistrationCancelled cancelled(
      CancellationCause cause, boolean wasConfirmed, @Nullable MoneyAmount refund) {
    return new RegistrationCancelled(
        registrationId,
        accountId,
        eventId,
        organizationId,
        paymentId,
        cause,
        wasConfirmed,
        List.of(ownTicket, othersTicket),
        refund == null ? null : refundId,
        refund,
        clock.instant());
  }

  private RefundAccepted accepted(RefundCause cause) {
    return accepted(refundId, cause);
  }

  private RefundAccepted accepted(UUID refund, RefundCause cause) {
    return accepted(refund, cause, null);
  }

  private RefundAccepted accepted(
      UUID refund, RefundCause cause, @Nullable RefundRequester requestedBy) {
    return new RefundAccepted(
        paymentId,
        refund,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(10_000),
        cause,
        clock.instant(),
        null,
        requestedBy);
  }

  private RefundSucceeded succeeded(Instant at) {
    return new RefundSucceeded(
        paymentId,
        refundId,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(10_000),
        RefundCause.REQUESTED,
        at,
        null);
  }

  private RefundFailed failed(boolean retried, boolean afterSuccess, Instant at) {
    return new RefundFailed(
        paymentId,
        refundId,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(10_000),
        RefundCause.REQUESTED,
        "expired_or_canceled_card",
        retried,
        afterSuccess,
        at);
  }

  private DisputeOpened opened(boolean inquiry) {
    return new DisputeOpened(
        paymentId,
        disputeId,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(20_000),
        inquiry,
        true,
        "product_not_received",
        DUE,
        clock.instant());
  }

  private DisputeDeadlineNear near(int hoursLeft) {
    return new DisputeDeadlineNear(
        paymentId,
        disputeId,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(20_000),
        DUE,
        hoursLeft,
        clock.instant());
  }

  private DisputeClosed closed(DisputeOutcome outcome, int day) {
    return new DisputeClosed(
        paymentId,
        disputeId,
        registrationId,
        accountId,
        eventId,
        organizationId,
        money(20_000),
        outcome,
        money(outcome == DisputeOutcome.LOST ? 20_000 : 0),
        clock.instant().plus(Duration.ofDays(day)),
        null);
  }

  private void stubReason(String reason) {
    stubReasons(
        """
        [{"refundId": "%s", "registrationId": "%s", "reason": "%s"}]
        """
            .formatted(refundId, registrationId, reason));
  }

  private void stubReasons(List<UUID> refunds) {
    stubReasons(
        refunds.stream()
            .map(
                "{\"refundId\": \"%%s\", \"registrationId\": \"%s\"}".formatted(registrationId)
                    ::formatted)
            .toList()
            .toString());
  }

  private static void stubReasons(String answer) {
    OWNERS.stubFor(
        get(urlPathEqualTo("/internal/refund-reasons"))
            .withHeader("Authorization", equalTo("Bearer " + INTERNAL_TOKEN))
            .willReturn(okJson(answer)));
  }

  /** A registration of Ada's for herself and for Grace, 100.00 each. */
  private void stubTwoTickets(
      String status, @Nullable String own, @Nullable String others, @Nullable String cancellation) {
    CONTENTS.know(
        registrationId,
        """
        {"registrationId": "%s", "reference": "R-7F3K", "status": "%s",
         "event": {"id": "%s", "organizationId": "%s", "version": 3, "title": "Wound care",
                   "startsAt": "2026-12-05T14:00:00Z", "endsAt": "2026-12-05T22:00:00Z",
                   "timeZone": "America/Toronto", "mode": "in-person", "venue": "Hall 1"},
         "total": {"amountMinor": 20000, "currency": "CAD"},
         "tickets": [%s, %s]}
        """
            .formatted(
                registrationId,
                status,
                eventId,
                organizationId,
                ticket(ownTicket, "Ada Lovelace", email, own, cancellation),
                ticket(othersTicket, "Grace Guest", othersEmail, others, cancellation)));
  }

  private static String ticket(
      UUID id, String name, String address, @Nullable String code, @Nullable String cancellation) {
    return """
    {"ticketId": "%s", "ticketTypeName": "Regular", "attendeeName": "%s", "attendeeEmail": "%s",
     "total": {"amountMinor": 10000, "currency": "CAD"}, "code": %s, "cancellation": %s}
    """
        .formatted(id, name, address, code == null ? null : '"' + code + '"', cancellation);
  }

  private String organizations() {
    return jdbc.sql("SELECT coalesce(string_agg(o::text, ' '), '') FROM organization o")
        .query(String.class)
        .single();
  }

  private static String read(Part part) throws MessagingException, IOException {
    try (InputStream content = part.getInputStream()) {
      // Without the line breaks within lines (RFC 5545, 3.1).
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n ", "");
    }
  }

  private static String disposition(Part part) {
    try {
      return part.getDisposition();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
