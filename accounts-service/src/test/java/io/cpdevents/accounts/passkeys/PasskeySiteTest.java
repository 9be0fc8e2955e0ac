package io.cpdevents.accounts.passkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cpdevents.platform.http.WebUrl;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasskeySiteTest {

  @Test
  void by_default_it_is_the_site_of_the_web_app_as_browsers_write_it() {
    PasskeySite site = site("https://App.CPD.example:443/", "");

    assertThat(site.domain()).isEqualTo("app.cpd.example");
    assertThat(site.origins()).containsExactly("https://app.cpd.example");
    assertThat(site("http://localhost:8080", "").origins())
        .containsExactly("http://localhost:8080");
  }

  @Test
  void a_domain_above_takes_pages_of_its_other_hosts() {
    PasskeySite site =
        site("https://app.cpd.example", "cpd.example", "https://admin.cpd.example:8443/");

    assertThat(site.domain()).isEqualTo("cpd.example");
    assertThat(site.origins())
        .containsExactlyInAnyOrder("https://app.cpd.example", "https://admin.cpd.example:8443");
  }

  @Test
  void a_page_elsewhere_keeps_the_service_from_starting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site("https://app.cpd.example", "", "https://evil.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site("https://app.cpd.example", "cpd.other"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site("https://notcpd.example", "cpd.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site("https://app.cpd.example", "", "app.cpd.example"));
  }

  private static PasskeySite site(String webUrl, String domain, String... origins) {
    return new PasskeySite(new WebUrl(URI.create(webUrl)), domain, List.of(origins));
  }
}
