package io.cpdevents.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * The topic table: what `local` and `deploy` create, and the only place where a topic is named.
 * Topics are keyed by registration, payment, account or object, never by organization or event: all
 * records of a key go to one partition, so a busy key would limit throughput to what one consumer
 * can do.
 */
public enum Topic {
  /** Key: account id. Names and addresses; a tombstone erases a person. */
  ACCOUNTS_PROFILES(Names.ACCOUNTS_PROFILES, Cleanup.COMPACT),
  /** Key: organization id. The organization as it is now. */
  ACCOUNTS_ORGANIZATIONS(Names.ACCOUNTS_ORGANIZATIONS, Cleanup.COMPACT),
  /** Key: account id. Sign-ups and the mails that accounts ask for. */
  ACCOUNTS_ACCOUNTS(Names.ACCOUNTS_ACCOUNTS, Cleanup.DELETE),
  /** Key: account id. What ends sessions and changes roles. */
  ACCOUNTS_SESSIONS(Names.ACCOUNTS_SESSIONS, Cleanup.DELETE),
  /** Key: account or invitation id. What happens to the members of organizations. */
  ACCOUNTS_MEMBERS(Names.ACCOUNTS_MEMBERS, Cleanup.DELETE),
  /** Key: account id. How people are erased, by their accounts' ids alone. */
  ACCOUNTS_ERASURES(Names.ACCOUNTS_ERASURES, Cleanup.DELETE),
  /** Key: ticket id. Who attended meetings at Zoom. */
  ACCOUNTS_ATTENDANCES(Names.ACCOUNTS_ATTENDANCES, Cleanup.DELETE),
  /** Key: subject id. Audit entries of accounts-service. */
  ACCOUNTS_AUDIT_ENTRIES(Names.ACCOUNTS_AUDIT_ENTRIES, Cleanup.DELETE),
  /**
   * Key: id of the key that signed it. Where the chain of audit entries ended on a day; kept for
   * good.
   */
  ACCOUNTS_AUDIT_ANCHORS(Names.ACCOUNTS_AUDIT_ANCHORS, Cleanup.NEVER),
  /** Key: event id. The event as it is now. */
  REGISTRATION_EVENTS(Names.REGISTRATION_EVENTS, Cleanup.COMPACT),
  /** Key: registration id. */
  REGISTRATION_REGISTRATIONS(Names.REGISTRATION_REGISTRATIONS, Cleanup.DELETE),
  /** Key: waitlist entry id. What happens to those who wait for places. */
  REGISTRATION_WAITLIST_ENTRIES(Names.REGISTRATION_WAITLIST_ENTRIES, Cleanup.DELETE),
  /** Key: organization id. How much of its plan an organization has used; little happens. */
  REGISTRATION_USAGE_MARKS(Names.REGISTRATION_USAGE_MARKS, Cleanup.DELETE),
  /** Key: account id. What registration-service has kept of people who were erased. */
  REGISTRATION_ERASURE_ANSWERS(Names.REGISTRATION_ERASURE_ANSWERS, Cleanup.DELETE),
  /** Key: subject id. Audit entries of registration-service. */
  REGISTRATION_AUDIT_ENTRIES(Names.REGISTRATION_AUDIT_ENTRIES, Cleanup.DELETE),
  /** Key: payment id. All that happens to one payment, its refunds included. */
  BILLING_PAYMENTS(Names.BILLING_PAYMENTS, Cleanup.DELETE),
  /** Key: journal id. What a journal posted for an organization; sums need no order. */
  BILLING_LEDGER_ENTRIES(Names.BILLING_LEDGER_ENTRIES, Cleanup.DELETE),
  /** Key: the object's id at Stripe. Which objects of payout-service changed at Stripe. */
  BILLING_STRIPE_OBJECTS(Names.BILLING_STRIPE_OBJECTS, Cleanup.DELETE),
  /** Key: payout id. What billing answers to payouts. */
  BILLING_PAYOUTS(Names.BILLING_PAYOUTS, Cleanup.DELETE),
  /** Key: organization id. What the organization may do by its plan now. */
  BILLING_ENTITLEMENTS(Names.BILLING_ENTITLEMENTS, Cleanup.COMPACT),
  /** Key: organization id: it has one subscription, about which little happens. */
  BILLING_SUBSCRIPTIONS(Names.BILLING_SUBSCRIPTIONS, Cleanup.DELETE),
  /** Key: account id. What billing-service has kept of people who were erased. */
  BILLING_ERASURE_ANSWERS(Names.BILLING_ERASURE_ANSWERS, Cleanup.DELETE),
  /** Key: subject id. Audit entries of billing-service. */
  BILLING_AUDIT_ENTRIES(Names.BILLING_AUDIT_ENTRIES, Cleanup.DELETE),
  /** Key: payout account id. Whether organizations can be paid. */
  PAYOUT_ACCOUNTS(Names.PAYOUT_ACCOUNTS, Cleanup.DELETE),
  /** Key: payout id. All that happens to one payout. */
  PAYOUT_PAYOUTS(Names.PAYOUT_PAYOUTS, Cleanup.DELETE),
  /** Key: account id. What payout-service has kept of people who were erased. */
  PAYOUT_ERASURE_ANSWERS(Names.PAYOUT_ERASURE_ANSWERS, Cleanup.DELETE),
  /** Key: subject id. Audit entries of payout-service. */
  PAYOUT_AUDIT_ENTRIES(Names.PAYOUT_AUDIT_ENTRIES, Cleanup.DELETE),
  /** Key: account id. What notification-service has kept of people who were erased. */
  NOTIFICATION_ERASURE_ANSWERS(Names.NOTIFICATION_ERASURE_ANSWERS, Cleanup.DELETE),
  /** Key: subject id. Audit entries of notification-service. */
  NOTIFICATION_AUDIT_ENTRIES(Names.NOTIFICATION_AUDIT_ENTRIES, Cleanup.DELETE);

  /** Partitions of every topic: the most instances of one service that can share its work. */
  public static final int PARTITIONS = 12;

  /**
   * How long a consumer may be down without missing anything: for this long at least, a record of a
   * topic that is not compacted, and a tombstone of one that is, can be read.
   */
  public static final Duration RETENTION = Duration.ofDays(14);

  private static final Duration MAX_COMPACTION_LAG = Duration.ofHours(1);

  private final String topicName;
  private final Cleanup cleanup;

  Topic(String topicName, Cleanup cleanup) {
    this.topicName = topicName;
    this.cleanup = cleanup;
  }

  /** {@code <service>.<plural>.v1}. */
  public String topicName() {
    return topicName;
  }

  /** Whether only the latest record of a key is kept, and a tombstone removes it. */
  public boolean isCompacted() {
    return cleanup == Cleanup.COMPACT;
  }

  /**
   * Whether its records come from an outbox. The anchors of the audit log are to watch a database,
   * so whoever holds that must not be able to write them.
   */
  public boolean isFedByOutbox() {
    return this != ACCOUNTS_AUDIT_ANCHORS;
  }

  /** The broker's topic configuration. */
  public Map<String, String> configuration() {
    return switch (cleanup) {
      case COMPACT ->
          Map.of(
              "cleanup.policy", "compact",
              "segment.ms", Long.toString(MAX_COMPACTION_LAG.toMillis()),
              "max.compaction.lag.ms", Long.toString(MAX_COMPACTION_LAG.toMillis()),
              // Kafka's default is a day: a consumer that is down for longer would keep what was
              // erased.
              "delete.retention.ms", Long.toString(RETENTION.toMillis()));
      case DELETE ->
          Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(RETENTION.toMillis()));
      case NEVER ->
          Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
    };
  }

  /**
   * The topic with this name.
   *
   * @throws IllegalArgumentException when the table has none
   */
  public static Topic named(String topicName) {
    return Arrays.stream(values())
        .filter(topic -> topic.topicName.equals(topicName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no topic is named " + topicName));
  }

  private enum Cleanup {
    COMPACT,
    DELETE,
    NEVER
  }

  /** The names as constants, for {@code @KafkaListener(topics = …)}. */
  public static final class Names {
    public static final String ACCOUNTS_PROFILES = "accounts.profiles.v1";
    public static final String ACCOUNTS_ORGANIZATIONS = "accounts.organizations.v1";
    public static final String ACCOUNTS_ACCOUNTS = "accounts.accounts.v1";
    public static final String ACCOUNTS_SESSIONS = "accounts.sessions.v1";
    public static final String ACCOUNTS_MEMBERS = "accounts.members.v1";
    public static final String ACCOUNTS_ERASURES = "accounts.erasures.v1";
    public static final String ACCOUNTS_ATTENDANCES = "accounts.attendances.v1";
    public static final String ACCOUNTS_AUDIT_ENTRIES = "accounts.audit-entries.v1";
    public static final String ACCOUNTS_AUDIT_ANCHORS = "accounts.audit-anchors.v1";
    public static final String REGISTRATION_EVENTS = "registration.events.v1";
    public static final String REGISTRATION_REGISTRATIONS = "registration.registrations.v1";
    public static final String REGISTRATION_WAITLIST_ENTRIES = "registration.waitlist-entries.v1";
    public static final String REGISTRATION_USAGE_MARKS = "registration.usage-marks.v1";
    public static final String REGISTRATION_ERASURE_ANSWERS = "registration.erasure-answers.v1";
    public static final String REGISTRATION_AUDIT_ENTRIES = "registration.audit-entries.v1";
    public static final String BILLING_PAYMENTS = "billing.payments.v1";
    public static final String BILLING_LEDGER_ENTRIES = "billing.ledger-entries.v1";
    public static final String BILLING_STRIPE_OBJECTS = "billing.stripe-objects.v1";
    public static final String BILLING_PAYOUTS = "billing.payouts.v1";
    public static final String BILLING_ENTITLEMENTS = "billing.entitlements.v1";
    public static final String BILLING_SUBSCRIPTIONS = "billing.subscriptions.v1";
    public static final String BILLING_ERASURE_ANSWERS = "billing.erasure-answers.v1";
    public static final String BILLING_AUDIT_ENTRIES = "billing.audit-entries.v1";
    public static final String PAYOUT_ACCOUNTS = "payout.accounts.v1";
    public static final String PAYOUT_PAYOUTS = "payout.payouts.v1";
    public static final String PAYOUT_ERASURE_ANSWERS = "payout.erasure-answers.v1";
    public static final String PAYOUT_AUDIT_ENTRIES = "payout.audit-entries.v1";
    public static final String NOTIFICATION_ERASURE_ANSWERS = "notification.erasure-answers.v1";
    public static final String NOTIFICATION_AUDIT_ENTRIES = "notification.audit-entries.v1";

    private Names() {}
  }
}
