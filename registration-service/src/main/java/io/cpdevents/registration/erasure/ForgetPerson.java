package io.cpdevents.registration.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.erasure.ForgetsPeople;
import io.cpdevents.platform.http.InternalClients;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** A person is forgotten, as a buyer and as somebody else's guest; what was booked is kept. */
@Component
class ForgetPerson implements ForgetsPeople {

  private final RestClient accounts;
  private final ErasedPeople erasedPeople;
  private final ErasureTasks tasks;

  ForgetPerson(
      InternalClients clients,
      @Value("${cpd.accounts-url}") String accountsUrl,
      ErasedPeople erasedPeople,
      ErasureTasks tasks) {
    this.accounts = clients.to("accounts", accountsUrl);
    this.erasedPeople = erasedPeople;
    this.tasks = tasks;
  }

  @Override
  public String service() {
    return "registration";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    ErasedPerson person =
        accounts
            .get()
            .uri("/internal/erasures/{erasureId}", erasureId)
            .retrieve()
            .requiredBody(ErasedPerson.class);
    return () -> forget(person);
  }

  private List<Kept> forget(ErasedPerson person) {
    erasedPeople.forgetAnswers(person);
    tasks.forgetAnswersAbout(erasedPeople.forgetAttendee(person));
    erasedPeople.forgetReasons(person);
    return erasedPeople.hasRegistrations(person)
        ? List.of(new Kept(KeptRecord.REGISTRATIONS, KeptGround.CONTRACT))
        : List.of();
  }
}
