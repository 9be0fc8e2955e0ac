package io.cpdevents.payout.payouts.web;

import io.cpdevents.payout.payouts.OpenQuestion;
import io.cpdevents.payout.payouts.OpenQuestionQueries;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What about payouts people have to decide, for billing-service, which keeps the list of work. */
@RestController
class OpenQuestionController {

  private final OpenQuestionQueries queries;

  OpenQuestionController(OpenQuestionQueries queries) {
    this.queries = queries;
  }

  /** All that waits for a person. */
  @InternalEndpoint
  @GetMapping("/internal/open-questions")
  List<OpenQuestion> openQuestions() {
    return queries.all();
  }
}
