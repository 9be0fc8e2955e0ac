package io.cpdevents.e2e.money;

import io.cpdevents.driver.Dispute;
import io.cpdevents.driver.Registration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The organizer gives in to the disputes of a payment, or submits evidence, which may decide. */
record OrganizerAnswersDispute() implements Step {

  private static final int ACCEPTED_OF_TEN = 3;

  /** The stand-in's bank decides by some of them. */
  private static final List<String> EVIDENCE =
      List.of(
          "winning_evidence",
          "losing_evidence",
          "escalate_inquiry_evidence",
          "She was there, and signed the list.");

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean accepted = scenario.random().nextInt(10) < ACCEPTED_OF_TEN;
    String evidence = scenario.any(EVIDENCE);
    return scenario
        .anyDisputedBooking()
        .map(booking ->
            new Act(
                "%s: the organizer answers disputes: %s"
                    .formatted(booking, accepted ? "accepted" : evidence),
                () ->
                    disputesOf(scenario, booking.registration())
                        .forEach(dispute ->
                            Decisions.expect(
                                accepted
                                    ? dispute.triesToAccept()
                                    : dispute.triesToSubmit(evidence)))));
  }

  private static List<Dispute> disputesOf(Scenario scenario, Registration registration) {
    return scenario
        .world()
        .databases()
        .rows(
            "billing",
            "SELECT id, stripe_dispute_id FROM dispute WHERE registration_id = ?",
            row ->
                new Dispute(
                    scenario.organization(), row.getObject(1, UUID.class), row.getString(2)),
            registration.id());
  }
}
