package io.cpdevents.contracts;

import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.contracts.accounts.AccountEvent.AddedFactorsRemoved;
import io.cpdevents.contracts.accounts.AccountEvent.DataExportReady;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChangeRequested;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChanged;
import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.contracts.accounts.AccountEvent.FactorRemovalAnnounced;
import io.cpdevents.contracts.accounts.AccountEvent.LogInsRefused;
import io.cpdevents.contracts.accounts.AccountEvent.LostFactorsRemoved;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.contracts.accounts.AccountEvent.PasskeyCopyRefused;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordChanged;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordResetRequested;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.AttendanceEvent.MeetingAttended;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.contracts.accounts.MemberEvent.ApiKeyMade;
import io.cpdevents.contracts.accounts.MemberEvent.MemberGainedRights;
import io.cpdevents.contracts.accounts.MemberEvent.MemberInvited;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRemoved;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRoleChanged;
import io.cpdevents.contracts.accounts.MemberEvent.OrganizationClosed;
import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.FeeTerms;
import io.cpdevents.contracts.billing.EntitlementsEvent.Limits;
import io.cpdevents.contracts.billing.EntitlementsEvent.UsagePeriod;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutReserved;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.contracts.billing.RefundRequester;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
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
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureReceiptMailed;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutInformationRequired;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.CheckInUndone;
import io.cpdevents.contracts.registration.RegistrationEvent.EventMoved;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketTransferred;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.contracts.registration.UsageEvent.UsageMarkReached;
import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Today's example of every event type: what its newest golden sample holds, every field filled. */
final class Examples {

  private static final UUID ACCOUNT = id(1);
  private static final UUID ORGANIZATION = id(2);
  private static final UUID EVENT = id(3);
  private static final UUID REGISTRATION = id(4);
  private static final UUID PAYMENT = id(5);
  private static final UUID REFUND = id(6);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** One example of each type, in the order of the topic table. */
  static final List<Event> ALL =
      List.of(
          new ProfileChanged(
              ACCOUNT, 3, "ada@example.org", "Ada Lovelace", "en-CA", "America/Toronto", true),
          new OrganizationChanged(
              ORGANIZATION, 1, "Analytical Society", ACCOUNT, List.of(ACCOUNT, id(9)), NOON),
          new LogInsRefused(ACCOUNT, id(9), NOON, NOON.plusSeconds(86_400)),
          new EmailVerificationRequested(ACCOUNT, id(7), NOON, NOON.plusSeconds(86_400)),
          new AccountVerified(ACCOUNT, NOON),
          new PasswordResetRequested(ACCOUNT, id(80), NOON, NOON.plusSeconds(1_800)),
          new PasswordChanged(ACCOUNT, id(81), NOON),
          new EmailChangeRequested(ACCOUNT, id(83), NOON, NOON.plusSeconds(86_400)),
          new EmailChanged(ACCOUNT, id(84), NOON, NOON.plusSeconds(604_800)),
          new NewDeviceSeen(ACCOUNT, id(85), NOON),
          new SecondFactorChanged(ACCOUNT, id(86), SecondFactorChange.TOTP_ADDED, NOON),
          new PasskeyCopyRefused(ACCOUNT, id(87), NOON),
          new AddedFactorsRemoved(ACCOUNT, id(88), NOON),
          new FactorRemovalAnnounced(ACCOUNT, id(89), NOON, NOON.plusSeconds(86_400), false),
          new LostFactorsRemoved(ACCOUNT, id(90), NOON),
          new SessionProved(ACCOUNT, id(82), NOON),
          new SessionRevoked(ACCOUNT, id(8), NOON),
          new ApiKeyEnded(ACCOUNT, id(9), NOON),
          new RolesChanged(ACCOUNT, NOON),
          new ApiKeyMade(id(9), ORGANIZATION, ACCOUNT, MemberRole.FINANCE, NOON),
          new MemberGainedRights(
              id(9), ORGANIZATION, id(8), MemberRole.OWNER, List.of(ACCOUNT), NOON),
          new MemberInvited(id(9), ORGANIZATION, NOON, NOON.plusSeconds(604_800)),
          new MemberRoleChanged(
              id(9), ACCOUNT, ORGANIZATION, MemberRole.STAFF, MemberRole.ADMIN, NOON),
          new OrganizationClosed(ORGANIZATION, List.of(ACCOUNT), NOON),
          new MemberRemoved(id(9), ACCOUNT, ORGANIZATION, NOON),
          new DataExportReady(ACCOUNT, id(7), NOON, NOON.plusSeconds(259_200)),
          new ErasureRequested(ACCOUNT, id(7), NOON, NOON.plusSeconds(1_209_600)),
          new ErasureCalledOff(ACCOUNT, id(7), NOON),
          new ErasureStarted(ACCOUNT, id(7), NOON),
          new ErasureReceiptSigned(ACCOUNT, id(7), NOON),
          new ErasureAnswered(
              ACCOUNT,
              id(7),
              "billing",
              NOON,
              List.of(new Kept(KeptRecord.PAYMENTS, KeptGround.TAX_LAW))),
          new ErasureReceiptMailed(ACCOUNT, id(7), "notification", NOON),
          new ZoomConnectionBroken(id(9), ORGANIZATION, NOON),
          new MeetingAttended(
              id(12),
              REGISTRATION,
              EVENT,
              ORGANIZATION,
              87,
              Instant.parse("2027-03-01T14:02:10Z"),
              Instant.parse("2027-03-01T15:28:40Z"),
              NOON),
          new EventChanged(
              EVENT,
              2,
              ORGANIZATION,
              "Engines for everybody",
              Instant.parse("2027-03-01T14:00:00Z"),
              Instant.parse("2027-03-01T17:00:00Z"),
              "America/Toronto",
              "published",
              NOON.plusSeconds(2_620_800),
              "online"),
          new RegistrationHeld(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              "Engines for everybody",
              cad(22_600),
              List.of(
                  new TicketLine(id(9), id(10), "Standard", cad(12_550), cad(1_250), cad(11_300)),
                  new TicketLine(id(11), id(10), "Standard", cad(12_550), cad(1_250), cad(11_300))),
              true,
              NOON,
              NOON.plusSeconds(1_800)),
          new RegistrationConfirmed(
              REGISTRATION, ACCOUNT, EVENT, ORGANIZATION, PAYMENT, NOON.plusSeconds(90)),
          new HoldEndChanged(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              PAYMENT,
              NOON.plusSeconds(2_340),
              NOON.plusSeconds(1_740)),
          new RegistrationExpired(
              REGISTRATION, ACCOUNT, EVENT, ORGANIZATION, NOON.plusSeconds(1_800)),
          new RegistrationCancelled(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              PAYMENT,
              CancellationCause.ATTENDEE,
              true,
              List.of(id(9), id(11)),
              REFUND,
              cad(16_950),
              NOON.plusSeconds(2_000)),
          new TicketsCancelled(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              PAYMENT,
              CancellationCause.ORGANIZATION,
              List.of(id(9)),
              REFUND,
              cad(11_300),
              NOON.plusSeconds(2_000)),
          new EventMoved(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              id(10),
              NOON.plusSeconds(86_400),
              NOON.plusSeconds(97_200),
              "in-person",
              "Hall 1",
              NOON.plusSeconds(604_800),
              NOON.plusSeconds(2_500)),
          new RefundRequested(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              PAYMENT,
              REFUND,
              List.of(new RefundLine(id(9), cad(11_300)), new RefundLine(id(11), cad(5_650))),
              false,
              RefundCause.ATTENDEE_CANCELLED,
              NOON.plusSeconds(2_000)),
          new TicketCheckedIn(
              REGISTRATION, ACCOUNT, EVENT, ORGANIZATION, id(9), NOON.plusSeconds(90_000)),
          new CheckInUndone(
              REGISTRATION, ACCOUNT, EVENT, ORGANIZATION, id(9), NOON.plusSeconds(90_060)),
          new TicketTransferred(
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              id(9),
              id(12),
              true,
              NOON.plusSeconds(3_000)),
          new PaymentProcessing(PAYMENT, REGISTRATION, NOON.plusSeconds(70)),
          new PaymentFailed(
              PAYMENT, REGISTRATION, "insufficient_funds", true, NOON.plusSeconds(75)),
          new FraudWarningReceived(
              PAYMENT,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              "unauthorized_use_of_card",
              true,
              NOON.plusSeconds(3_000)),
          new PaymentCaptured(
              PAYMENT,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(22_600),
              cad(1_230),
              NOON.plusSeconds(80)),
          new PaymentCancelled(PAYMENT, REGISTRATION, NOON.plusSeconds(1_801)),
          new RefundAccepted(
              PAYMENT,
              REFUND,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(16_950),
              RefundCause.REQUESTED,
              NOON.plusSeconds(2_001),
              List.of(new TicketRefund(id(9), cad(11_300)), new TicketRefund(id(11), cad(5_650))),
              RefundRequester.ORGANIZATION),
          new RefundSucceeded(
              PAYMENT,
              REFUND,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(16_950),
              RefundCause.ATTENDEE_CANCELLED,
              NOON.plusSeconds(2_010),
              List.of(new TicketRefund(id(9), cad(11_300)), new TicketRefund(id(11), cad(5_650)))),
          new RefundFailed(
              PAYMENT,
              REFUND,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(16_950),
              RefundCause.ATTENDEE_CANCELLED,
              "expired_or_canceled_card",
              true,
              true,
              NOON.plusSeconds(4_000)),
          new RefundCancelled(
              PAYMENT,
              REFUND,
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(16_950),
              RefundCause.MADE_AT_STRIPE,
              NOON.plusSeconds(2_005)),
          new DisputeOpened(
              PAYMENT,
              id(15),
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(22_600),
              false,
              true,
              "product_not_received",
              NOON.plusSeconds(700_000),
              NOON.plusSeconds(5_000)),
          new DisputeEscalated(
              PAYMENT,
              id(15),
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(22_600),
              true,
              NOON.plusSeconds(700_000),
              NOON.plusSeconds(6_000)),
          new DisputeDeadlineNear(
              PAYMENT,
              id(15),
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(22_600),
              NOON.plusSeconds(700_000),
              72,
              NOON.plusSeconds(440_800)),
          new DisputeClosed(
              PAYMENT,
              id(15),
              REGISTRATION,
              ACCOUNT,
              EVENT,
              ORGANIZATION,
              cad(22_600),
              DisputeOutcome.LOST,
              cad(22_600),
              NOON.plusSeconds(700_000),
              List.of(new TicketRefund(id(9), cad(11_300)), new TicketRefund(id(11), cad(11_300)))),
          new OrganizationEntryPosted(
              id(13),
              id(12),
              "refund-accepted",
              ORGANIZATION,
              EVENT,
              REGISTRATION,
              PAYMENT,
              REFUND,
              id(15),
              id(16),
              "organization",
              cad(-16_000),
              NOON.plusSeconds(80),
              cad(-900)),
          new StripeObjectChanged(
              "po_1RfYkq2eZvKYlo2C",
              "acct_1RfYkq2eZvKYlo2C",
              "evt_1RfYkq2eZvKYlo2C",
              "payout.paid",
              NOON.plusSeconds(90)),
          new PayoutReserved(id(16), ORGANIZATION, cad(100_000), NOON.plusSeconds(121)),
          new PayoutRefused(id(16), ORGANIZATION, cad(100_000), NOON.plusSeconds(121)),
          new PayoutRequested(id(16), ORGANIZATION, cad(100_000), NOON.plusSeconds(120)),
          new PayoutTransferred(
              id(16),
              ORGANIZATION,
              cad(100_000),
              cad(80_000),
              "tr_1RfYkq2eZvKYlo2C",
              "txn_1RfYkq2eZvKYlo2C",
              NOON.plusSeconds(122),
              "acct_1RfYkq2eZvKYlo2C"),
          new PayoutSent(
              id(16),
              ORGANIZATION,
              cad(100_000),
              "po_1RfYkq2eZvKYlo2C",
              "txn_2RfYkq2eZvKYlo2C",
              NOON.plusSeconds(172_800),
              NOON.plusSeconds(123),
              "acct_1RfYkq2eZvKYlo2C"),
          new PayoutPaid(id(16), ORGANIZATION, cad(100_000), NOON.plusSeconds(172_800)),
          new PayoutFailed(
              id(16),
              ORGANIZATION,
              cad(100_000),
              true,
              "account_closed",
              "change-bank-account",
              "txn_3RfYkq2eZvKYlo2C",
              NOON.plusSeconds(432_000)),
          new PayoutCancelled(
              id(16), ORGANIZATION, cad(100_000), "txn_4RfYkq2eZvKYlo2C", NOON.plusSeconds(124)),
          new PayoutTransferReversed(
              id(16),
              ORGANIZATION,
              cad(100_000),
              cad(80_000),
              "tr_1RfYkq2eZvKYlo2C",
              "trr_1RfYkq2eZvKYlo2C",
              "txn_5RfYkq2eZvKYlo2C",
              NOON.plusSeconds(432_100)),
          new LeftMoneySettled(
              id(16),
              ORGANIZATION,
              cad(100_000),
              id(18),
              cad(20_000),
              LeftMoneyBearer.ORGANIZATION,
              NOON.plusSeconds(432_200),
              "acct_1RfYkq2eZvKYlo2C"),
          new PlacesOffered(id(13), ACCOUNT, EVENT, ORGANIZATION, NOON.plusSeconds(14_400), NOON),
          new OfferExpired(id(13), ACCOUNT, EVENT, ORGANIZATION, NOON.plusSeconds(14_400)),
          new WaitlistEntryMoved(id(13), ACCOUNT, EVENT, ORGANIZATION, id(14), 1, NOON),
          new UsageMarkReached(
              ORGANIZATION, 80, 40, 50, NOON.plusSeconds(864_000), NOON.plusSeconds(30)),
          new EntitlementsChanged(
              ORGANIZATION,
              4,
              "professional",
              new Limits(null, 5_000),
              UsagePeriod.CALENDAR_MONTH,
              new FeeTerms(150, List.of(cad(20))),
              NOON.plusSeconds(1_209_600),
              NOON),
          new TrialStarted(ORGANIZATION, "professional", NOON.plusSeconds(1_209_600), NOON),
          new TrialEndNear(ORGANIZATION, "professional", 3, NOON.plusSeconds(1_209_600), true),
          new TrialPaid(
              ORGANIZATION,
              "professional",
              new MoneyAmount(9_900, "CAD"),
              NOON.plusSeconds(3_888_000),
              NOON.plusSeconds(1_213_200)),
          new RenewalFailed(
              ORGANIZATION,
              "professional",
              2,
              new MoneyAmount(9_900, "CAD"),
              NOON.plusSeconds(172_800),
              NOON,
              "insufficient_funds"),
          new GraceStarted(
              ORGANIZATION,
              "professional",
              new MoneyAmount(9_900, "CAD"),
              NOON.plusSeconds(1_209_600),
              NOON,
              "authentication_required"),
          new RenewalRecovered(ORGANIZATION, "professional", NOON),
          new PlanPaymentDisputed(ORGANIZATION, new MoneyAmount(9_900, "CAD"), false, NOON),
          new PlanChanged(ORGANIZATION, "professional", "starter", NOON),
          new PlanChangeScheduled(
              ORGANIZATION, "professional", "starter", NOON.plusSeconds(1_209_600), NOON),
          new PlanChangeCalledOff(
              ORGANIZATION, "professional", "starter", NOON.plusSeconds(86_400)),
          new PlanChangeNeedsAuthentication(
              ORGANIZATION, "starter", "professional", NOON.plusSeconds(82_800), NOON),
          new PlanChangeFailed(ORGANIZATION, "starter", "professional", "insufficient_funds", NOON),
          new PlanLost(ORGANIZATION, "professional", "free", NOON, 12L),
          new PlanEnded(ORGANIZATION, "professional", "free", NOON, 12L),
          new CardExpiryNear(
              ORGANIZATION, "pm_1Nv0FGQ9RKHgCVdK", "visa", "4242", 7, NOON.plusSeconds(604_800)),
          new DefaultCardReplaced(
              ORGANIZATION,
              "pm_1Nv0FGQ9RKHgCVdL",
              "mastercard",
              "4444",
              "visa",
              "4242",
              NOON.plusSeconds(604_800)),
          new ReplacementCardDeclined(
              ORGANIZATION,
              "professional",
              "pm_1Nv0FGQ9RKHgCVdL",
              "mastercard",
              "4444",
              new MoneyAmount(9_900, "CAD"),
              "insufficient_funds",
              NOON.plusSeconds(1_209_600),
              NOON.plusSeconds(604_800)),
          new EarlierMonthLeftOpen(
              ORGANIZATION,
              "professional",
              new MoneyAmount(9_900, "CAD"),
              NOON,
              NOON.plusSeconds(2_678_400)),
          new PaymentMethodMissing(ORGANIZATION, NOON.plusSeconds(604_800)),
          new TrialEnded(ORGANIZATION, "professional", "free", NOON.plusSeconds(1_209_600), 2L),
          new PayoutAccountReady(
              id(17), ORGANIZATION, List.of("CAD", "USD"), NOON.plusSeconds(100)),
          new PayoutAccountRestricted(
              id(17),
              ORGANIZATION,
              "requirements.past_due",
              List.of("company.tax_id"),
              false,
              NOON.plusSeconds(110)),
          new PayoutInformationRequired(
              id(17),
              ORGANIZATION,
              List.of("company.tax_id"),
              NOON.plusSeconds(1_209_600),
              NOON.plusSeconds(105)),
          new AuditEntryRecorded(
              id(14),
              "registration",
              ACCOUNT,
              "event.published",
              "event",
              EVENT.toString(),
              ORGANIZATION,
              NOON,
              "203.0.113.7",
              "4bf92f3577b34da6a3ce929d0e0e4736",
              Map.of("status", "published"),
              "api-key",
              id(15),
              Map.of("status", "draft"),
              Map.of("status", "published")),
          new AuditLogAnchored(
              "1f0a77c2b94e6d35",
              1_204,
              "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              NOON,
              "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"));

  private Examples() {}

  /** Every record of every family. */
  static List<Class<? extends Event>> types() {
    return EventFamilies.ALL.stream().flatMap(Examples::typesOf).toList();
  }

  /** Today's example of this type. */
  static Event of(Class<? extends Event> type) {
    return ALL.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "add an example of " + EventType.nameOf(type) + " to Examples.java"));
  }

  /** Where the golden samples of this type are committed. */
  static Path sampleFolder(Class<? extends Event> type) {
    return CommittedFiles.module()
        .resolve("src/test/resources/samples")
        .resolve(EventType.nameOf(type));
  }

  private static Stream<Class<? extends Event>> typesOf(Class<? extends Event> family) {
    return EventType.of(family).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  private static MoneyAmount cad(long amountMinor) {
    return new MoneyAmount(amountMinor, "CAD");
  }

  private static UUID id(int number) {
    return UUID.fromString("019a0000-0000-7000-8000-%012d".formatted(number));
  }
}
