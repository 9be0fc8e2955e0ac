package io.cpdevents.registration.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.erasure.ForgetsPeople;
import io.cpdevents.platform.erasure.PeopleToErase;
import io.cpdevents.registration.waitlist.ForgetWaiting;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person is forgotten, as a buyer and as somebody else's guest; what was booked is kept. */
@Component
class ForgetPerson implements ForgetsPeople {

  private final PeopleToErase people;
  private final ErasedPeople erasedPeople;
  private final ForgetWaiting forgetWaiting;
  private final ErasureTasks tasks;

  ForgetPerson(
      PeopleToErase people,
      ErasedPeople erasedPeople,
      ForgetWaiting forgetWaiting,
      ErasureTasks tasks) {
    this.people = people;
    this.erasedPeople = erasedPeople;
    this.forgetWaiting = forgetWaiting;
    this.tasks = tasks;
  }

  @Override
  public String service() {
    return "registration";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    ErasedPerson person = people.of(erasureId);
    return () -> forget(person);
  }

  private List<Kept> forget(ErasedPerson person) {
    erasedPeople.forgetAnswers(person);
    Set<UUID> registrations = erasedPeople.forgetAttendee(person);
    tasks.forgetAnswersAbout(registrations);
    // Scanners were told at the doors who has come.
    tasks.forgetAnswersAt(
        erasedPeople.eventsOf(registrations).stream()
            .map(event -> "/api/v1/events/" + event + "/check-ins")
            .toList());
    tasks.forgetAnswersThatName(person);
    erasedPeople.forgetReasons(person);
    erasedPeople.forgetNotes(person);
    erasedPeople.forgetMentions(person, registrations);
    // Last, because it locks events.
    forgetWaiting.handle(person.accountId());
    return erasedPeople.hasRegistrations(person)
        ? List.of(new Kept(KeptRecord.REGISTRATIONS, KeptGround.CONTRACT))
        : List.of();
  }
}
