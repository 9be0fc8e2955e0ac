package io.cpdevents.billing.broken;

/** Other modules use it, if it belongs to a library. */
public final class PublicFace {

  /** For others. */
  public String forOthers() {
    return "used elsewhere";
  }

  String forNobody() {
    return "used nowhere";
  }
}
