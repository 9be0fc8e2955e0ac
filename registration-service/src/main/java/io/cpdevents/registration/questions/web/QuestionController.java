package io.cpdevents.registration.questions.web;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.questions.QuestionQueries;
import io.cpdevents.registration.questions.QuestionsView;
import io.cpdevents.registration.questions.ReplaceQuestions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Questions over HTTP. */
@Tag(name = "Events", description = "Events of organizations, from draft to sale.")
@RestController
@RequestMapping("/api/v1/events/{eventId}/questions")
class QuestionController {

  private final ReplaceQuestions replaceQuestions;
  private final QuestionQueries queries;

  QuestionController(ReplaceQuestions replaceQuestions, QuestionQueries queries) {
    this.replaceQuestions = replaceQuestions;
    this.queries = queries;
  }

  @Operation(summary = "What is asked of those who register for an event")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @PublicEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping
  QuestionsView listQuestions(@PathVariable UUID eventId, Optional<Caller> caller) {
    return queries.get(eventId, caller);
  }

  @Operation(summary = "Decide what is asked of those who register for an event")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.EVENT_CANCELLED})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PutMapping
  QuestionsView replaceQuestions(
      @PathVariable UUID eventId,
      @Valid @RequestBody QuestionsRequest request,
      IfMatch seen,
      Caller caller) {
    return replaceQuestions.handle(request.toCommand(eventId, seen), caller);
  }
}
