package io.cpdevents.contracts;

import io.cpdevents.contracts.accounts.AccountEvent;
import io.cpdevents.contracts.accounts.AttendanceEvent;
import io.cpdevents.contracts.accounts.AuditAnchorEvent;
import io.cpdevents.contracts.accounts.ErasureEvent;
import io.cpdevents.contracts.accounts.MemberEvent;
import io.cpdevents.contracts.accounts.OrganizationEvent;
import io.cpdevents.contracts.accounts.ProfileEvent;
import io.cpdevents.contracts.accounts.SessionEvent;
import io.cpdevents.contracts.audit.AuditEvent;
import io.cpdevents.contracts.billing.EntitlementsEvent;
import io.cpdevents.contracts.billing.LedgerEvent;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PayoutReservationEvent;
import io.cpdevents.contracts.billing.StripeObjectEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent;
import io.cpdevents.contracts.payout.PayoutAccountEvent;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.registration.EventEvent;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.UsageEvent;
import io.cpdevents.contracts.registration.WaitlistEvent;
import java.util.List;

/** Every event family there is; schemas, samples and the AsyncAPI document are made from it. */
public final class EventFamilies {

  /** All families, in the order of the topic table. */
  public static final List<Class<? extends Event>> ALL =
      List.of(
          ProfileEvent.class,
          OrganizationEvent.class,
          AccountEvent.class,
          SessionEvent.class,
          MemberEvent.class,
          ErasureEvent.class,
          AttendanceEvent.class,
          AuditAnchorEvent.class,
          EventEvent.class,
          RegistrationEvent.class,
          WaitlistEvent.class,
          UsageEvent.class,
          PaymentEvent.class,
          LedgerEvent.class,
          StripeObjectEvent.class,
          PayoutReservationEvent.class,
          EntitlementsEvent.class,
          SubscriptionEvent.class,
          PayoutAccountEvent.class,
          PayoutEvent.class,
          ErasureAnswerEvent.class,
          AuditEvent.class);

  private EventFamilies() {}
}
