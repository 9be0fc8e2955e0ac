package io.cpdevents.sandbox.settings;

import io.cpdevents.sandbox.SandboxSettings;
import org.springframework.stereotype.Component;

/** The behaviour that a lever has set. It is in memory, so a restart or a reset ends it. */
@Component
public class BehaviourSettings {
  private static final Behaviour USUAL = new Behaviour(null, null, null, null, null);

  private final long usualDisputeFeeMinor;
  private volatile Behaviour wanted = USUAL;

  BehaviourSettings(SandboxSettings settings) {
    this.usualDisputeFeeMinor = settings.disputeFeeMinor();
  }

  /** Replaces the behaviour; absent values get their defaults. */
  public void set(Behaviour behaviour) {
    wanted = behaviour;
  }

  public void clear() {
    wanted = USUAL;
  }

  public boolean refundsNeedBalance() {
    return Boolean.TRUE.equals(wanted.refundsNeedBalance());
  }

  /** How much a refund has to leave of the available balance. */
  public long reservedMinor() {
    Long reserved = wanted.reservedMinor();
    return reserved == null ? 0 : reserved;
  }

  public boolean refundsNeedAction() {
    return Boolean.TRUE.equals(wanted.refundsNeedAction());
  }

  public long disputeFeeMinor() {
    Long fee = wanted.disputeFeeMinor();
    return fee == null ? usualDisputeFeeMinor : fee;
  }

  public boolean disputeFeeReturned() {
    return Boolean.TRUE.equals(wanted.disputeFeeReturned());
  }

  /** The current behaviour, with all values. */
  Behaviour show() {
    return new Behaviour(
        refundsNeedBalance(),
        reservedMinor(),
        refundsNeedAction(),
        disputeFeeMinor(),
        disputeFeeReturned());
  }
}
