package io.cpdevents.accounts.members;

/**
 * Is told, in the transaction that makes it so, when a person may do less in an organization than
 * before: what they have given away by rights that they no longer have ends with them.
 */
@FunctionalInterface
public interface RoleLoss {

  /** Ends it. */
  void handle(LostRights lost);
}
