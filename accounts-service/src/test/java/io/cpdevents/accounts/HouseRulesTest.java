package io.cpdevents.accounts;

import io.cpdevents.accounts.erasure.ErasureStatus;
import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_rules_of_the_house_hold() {
    HouseRules.in("io.cpdevents.accounts")
        .except("use-case", "RequestLimits", "limits count by a subject, or by a place")
        .except("audit", "AskForNewPasskey", "asks a browser for something and changes nothing")
        .except("audit", "AskForPasskey", "asks a browser for something and changes nothing")
        .except("before-after", "RequestPasswordReset", "a mail is sent; nothing changes yet")
        .except("before-after", "RequestEmailChange", "mails are sent; nothing changes yet")
        .except("before-after", "RequestVerificationMail", "a mail is sent; nothing changes yet")
        .except("before-after", "SignUp", "tells nobody whether the address was known before")
        .except("before-after", "BeginZoomAuthorization", "opens Zoom's page; nothing changes yet")
        .except("before-after", "EnrolTotp", "shows a secret that counts for nothing yet")
        .except("before-after", "AuthenticateApiKey", "a refusal changes nothing")
        .except("before-after", "NoteCopy", "a refusal changes nothing")
        .except("before-after", "NoteProof", "the time of the proof is that of the entry")
        .except("before-after", "SetPassword", "passwords, and what is made of them, stay hidden")
        .except("before-after", "SetEmail", "addresses of people are not copied into a lasting log")
        .except(
            "before-after", "ChangeProfile", "names of people are not copied; it says which field")
        .check();
  }

  @Test
  void the_diagram_of_erasures_is_that_of_the_table() {
    HouseDocs.assertDiagram("erasure", ErasureStatus.TRANSITIONS.toMermaid());
  }
}
