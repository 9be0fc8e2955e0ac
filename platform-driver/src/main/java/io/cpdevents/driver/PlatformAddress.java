package io.cpdevents.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Where a running platform is, and what its outside does not show. */
public interface PlatformAddress {

  /** What people talk to. */
  String gatewayUrl();

  /** Where all mails end up. */
  String mailboxUrl();

  /** The stand-in for Stripe; nobody is there when payments go to Stripe itself. */
  String sandboxUrl();

  /** Kafka's address. */
  String kafkaBootstrapServers();

  /** The bearer of internal endpoints. */
  String internalToken();

  /** The password of the platform's own people: admin, finance and support at {@code cpd.local}. */
  String staffPassword();

  /** A connection of a role that may read everything; the caller closes it. */
  Connection connect(String database) throws SQLException;

  /** Business time. */
  Instant now();

  /** Moves everybody's business time; returns when what is due has begun. */
  void advanceClock(Duration by);

  /** The same in one leap: what falls due meanwhile is done after it, in any order. */
  void leapClock(Duration by);
}
