package io.cpdevents.platform.personaldata;

import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.platform.text.EmailAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells accounts-service, and nobody else, what this service has about a person. */
@RestController
@RequestMapping("/internal/personal-data")
class PersonalDataController {

  /**
   * Whom it is about; in the body, because addresses of requests are logged.
   *
   * @param emailSince when somebody else gave the address up; null: nobody did
   * @param formerEmails the addresses that the person had before; null for none
   */
  record PersonRequest(
      @NotNull UUID accountId,
      @NotNull @EmailAddress String email,
      @Nullable Instant emailSince,
      @Nullable @Valid @Size(max = MAX_FORMER_EMAILS) List<PersonAddress> formerEmails) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** An address is changed a few times in a life; an answer has to end. */
  private static final int MAX_FORMER_EMAILS = 1_000;

  private final KnownOfPerson personalData;

  PersonalDataController(KnownOfPerson personalData) {
    this.personalData = personalData;
  }

  @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @InternalEndpoint
  byte[] tell(@Valid @RequestBody PersonRequest person) {
    return personalData
        .about(
            person.accountId(),
            new PersonAddress(person.email(), person.emailSince(), null),
            person.formerEmails() == null ? List.of() : person.formerEmails())
        .getBytes(StandardCharsets.UTF_8);
  }
}
