package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.mails.MailTemplate;
import io.cpdevents.notification.smtp.Letter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RendererTest {

  private static final String EVIL = "<script>alert('x')</script> & {0} ${x} [[${y}]] 's";

  private final Renderer renderer = new Renderer();

  @ParameterizedTest
  @EnumSource
  void every_mail_has_a_subject_a_text_and_html_without_holes(MailTemplate template) {
    Letter letter = render(template, "Wound care", "");

    for (String part : List.of(letter.subject(), letter.text(), letter.html())) {
      assertThat(part).isNotBlank().doesNotContain("??").doesNotContain("${").doesNotContain("[(");
    }
    assertThat(letter.html()).contains("<html").contains("lang=\"en\"").doesNotContain(" th:");
  }

  @ParameterizedTest
  @EnumSource
  void what_people_typed_is_escaped_in_html_and_never_evaluated(MailTemplate template) {
    Letter letter = render(template, EVIL, EVIL);

    assertThat(letter.html()).doesNotContain("<script>");
    if (template == MailTemplate.EMAIL_VERIFICATION) {
      assertThat(letter.html()).contains("href=\"https://cpd.example/?a=1&amp;b=2\"");
      assertThat(letter.text()).contains("https://cpd.example/?a=1&b=2");
    } else {
      assertThat(letter.html()).contains("&lt;script&gt;");
      assertThat(letter.text()).contains(EVIL);
      assertThat(letter.subject()).contains(EVIL);
    }
  }

  @Test
  void the_confirmation_as_text() {
    assertThat(render(MailTemplate.REGISTRATION_CONFIRMATION, "Wound care", "Hall 1").text())
        .isEqualTo(
            """
            Hello Ada,

            Your registration for Wound care is confirmed.

            When: Saturday
            Where: Hall 1
            Reference: R-1
            Paid: CAD 125.50

            Tickets:

            - Regular, Grace
              Code: T-CODE-1
            - Student, Alan
              Code: T-CODE-2

            Show the code at the entrance. Whoever has the code has the ticket, so keep this mail to yourself.

            --
            CPD Events
            This mail was sent automatically; answers to it are not read.
            """);
  }

  private Letter render(MailTemplate template, String title, String venue) {
    Map<String, Object> values = new HashMap<>();
    values.put("link", "https://cpd.example/?a=1&b=2");
    values.put("expiresAt", "Sunday");
    values.put("name", "Ada");
    values.put("title", title);
    values.put("when", "Saturday");
    values.put("online", true);
    values.put("venue", venue);
    values.put("reference", "R-1");
    values.put("total", "CAD 125.50");
    values.put("amount", "CAD 125.50");
    values.put(
        "tickets",
        List.of(
            Map.of("type", "Regular", "attendee", "Grace", "code", "T-CODE-1"),
            Map.of("type", "Student", "attendee", "Alan", "code", "T-CODE-2")));
    return renderer.render(
        template.code(),
        "ada@cpd.example",
        "Ada",
        Wording.of("en-CA"),
        new Object[] {title},
        values);
  }
}
