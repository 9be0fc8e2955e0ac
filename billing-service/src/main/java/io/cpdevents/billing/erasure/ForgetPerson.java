package io.cpdevents.billing.erasure;

import io.cpdevents.billing.customers.DeleteCustomer;
import io.cpdevents.billing.customers.ForgetAddress;
import io.cpdevents.billing.erasure.ErasedPeople.Found;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.erasure.ForgetsPeople;
import io.cpdevents.platform.erasure.PeopleToErase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A buyer is forgotten, here and at Stripe; amounts stay, by the account's id. */
@Component
class ForgetPerson implements ForgetsPeople {

  private final PeopleToErase people;
  private final DeleteCustomer deleteCustomer;
  private final ForgetAddress forgetAddress;
  private final ErasedPeople erasedPeople;
  private final ErasureTasks tasks;

  ForgetPerson(
      PeopleToErase people,
      DeleteCustomer deleteCustomer,
      ForgetAddress forgetAddress,
      ErasedPeople erasedPeople,
      ErasureTasks tasks) {
    this.people = people;
    this.deleteCustomer = deleteCustomer;
    this.forgetAddress = forgetAddress;
    this.erasedPeople = erasedPeople;
    this.tasks = tasks;
  }

  @Override
  public String service() {
    return "billing";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    ErasedPerson person = people.of(erasureId);
    deleteCustomer.handle(accountId);
    return () -> forget(person);
  }

  private List<Kept> forget(ErasedPerson person) {
    UUID accountId = person.accountId();
    forgetAddress.handle(accountId);
    erasedPeople.forgetReasons(accountId);
    erasedPeople.forgetResolutions(person);
    erasedPeople.forgetEvidence();
    erasedPeople.forgetInstructions();
    tasks.forgetAnswersAbout(erasedPeople.thingsOf(accountId));
    tasks.forgetAnswersThatName(person);
    Found found = erasedPeople.find(accountId);
    List<Kept> kept = new ArrayList<>();
    if (found.payments()) {
      kept.add(new Kept(KeptRecord.PAYMENTS, KeptGround.TAX_LAW));
    }
    if (found.disputes()) {
      kept.add(new Kept(KeptRecord.DISPUTES, KeptGround.LEGAL_CLAIMS));
    }
    if (found.openDisputes()) {
      kept.add(new Kept(KeptRecord.DISPUTE_EVIDENCE, KeptGround.LEGAL_CLAIMS));
    }
    return kept;
  }
}
