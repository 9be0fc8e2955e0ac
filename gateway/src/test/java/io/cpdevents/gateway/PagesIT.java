package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesIT extends GatewayUnderTest {

  private static final String ID = "0198c2d5-3d4e-7000-8000-0123456789ab";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/verify-email",
        "/reset-password",
        "/confirm-email",
        "/invitations",
        "/events/" + ID,
        "/registrations/" + ID,
        "/registrations/" + ID + "?checkout=done",
        "/waitlist/" + ID,
        "/organizations/" + ID,
        "/organizations/" + ID + "/disputes/" + ID
      })
  void a_page_has_nothing_inline_and_may_load_nothing_foreign(String path) throws Exception {
    HttpResponse<String> page = send(to(path));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; object-src 'none'; frame-ancestors 'none';"
                + " base-uri 'none'; form-action 'none'");
    assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(page.body())
        .contains("<noscript>", "name=\"viewport\"")
        .doesNotContain("{{", "<style", "<script>", "https://", "http://")
        .doesNotContainPattern(" (style|on[a-z]+)=\"");
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void who_opens_an_address_in_a_browser_reads_a_refusal_as_a_page() throws Exception {
    String accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    for (String nowhere : List.of("/nothing", "/verify-email/nothing", "/events/nothing")) {
      HttpResponse<String> page = send(to(nowhere).header("Accept", accept));
      assertThat(page.statusCode()).isEqualTo(404);
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
      assertThat(page.headers().allValues("Content-Security-Policy"))
          .containsExactly(
              "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none';"
                  + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
      assertThat(page.body()).contains("There is nothing at this address.", "/problems/not-found");
    }
    for (HttpRequest.Builder program :
        List.of(to("/nothing"), to("/api/v1/nothing").header("Accept", accept))) {
      assertThat(send(program).headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | en | Confirm my address",
        "fr | fr | Confirmer mon adresse",
        "fr-CA,fr;q=0.9,en;q=0.5 | fr | Confirmer mon adresse",
        "en-GB,fr;q=0.8 | en | Confirm my address",
        "de,fr;q=0.5 | fr | Confirmer mon adresse",
        "de | en | Confirm my address",
        "*;;;q=x | en | Confirm my address"
      })
  void a_page_speaks_the_language_that_the_browser_prefers(
      String acceptLanguage, String language, String words) throws Exception {
    HttpResponse<String> page =
        send(
            acceptLanguage == null
                ? to("/verify-email")
                : to("/verify-email").header("Accept-Language", acceptLanguage));

    assertThat(page.body()).contains("<html lang=\"" + language + "\">", words);
    assertThat(page.headers().firstValue("Content-Language")).hasValue(language);
    assertThat(page.headers().allValues("Vary")).contains("Accept-Language");
  }

  @Test
  void script_and_style_are_kept_by_browsers_under_an_address_of_their_version() throws Exception {
    String page = send(to("/verify-email")).body();

    for (String file : new String[] {"page.js", "page.css"}) {
      assertThat(page).containsPattern("\"/pages/" + file + "\\?v=[0-9a-f]{8}\"");
      HttpResponse<String> answer = send(to("/pages/" + file + "?v=1"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=3600");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
    assertThat(send(to("/pages/icon.svg")).headers().firstValue("Content-Type"))
        .hasValue("image/svg+xml");
  }
}
