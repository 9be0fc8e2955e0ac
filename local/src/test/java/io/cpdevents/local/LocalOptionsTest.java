package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {

  @Test
  void without_settings_it_is_port_8080_and_the_folder_local() {
    LocalOptions options = LocalOptions.fromEnvironment(Map.of());
    assertThat(options.ports().base()).isEqualTo(8080);
    assertThat(options.home()).isEqualTo(options.repositoryRoot().resolve(".local"));
    assertThat(options.repositoryRoot().resolve("cpd")).exists();
    assertThat(options.jitMode()).isEqualTo(JitMode.QUICK);
    assertThat(options.settings()).isEmpty();
  }

  @Test
  void our_variables_reach_the_services_and_nobody_elses_do() {
    LocalOptions options =
        LocalOptions.fromEnvironment(
            Map.of(
                "CPD_PORT_BASE", "18080",
                "CPD_HOME", "/somewhere/else",
                "CPD_JIT_MODE", "thorough",
                "CPD_DEMO_PASSWORD", "a long secret",
                "AWS_SECRET", "not ours"));
    assertThat(options.ports().base()).isEqualTo(18_080);
    assertThat(options.home()).isEqualTo(Path.of("/somewhere/else"));
    assertThat(options.jitMode()).isEqualTo(JitMode.THOROUGH);
    assertThat(options.settings()).containsExactly(Map.entry("CPD_DEMO_PASSWORD", "a long secret"));
  }

  @Test
  void a_port_base_that_is_no_number_is_refused() {
    assertThatThrownBy(() -> LocalOptions.fromEnvironment(Map.of("CPD_PORT_BASE", "http")))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("CPD_PORT_BASE");
  }

  @Test
  void a_mode_of_compilation_that_nobody_knows_is_refused() {
    assertThatThrownBy(() -> LocalOptions.fromEnvironment(Map.of("CPD_JIT_MODE", "best")))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("CPD_JIT_MODE");
  }

  @Test
  void only_another_address_than_the_sandbox_is_the_real_stripe() {
    LocalOptions options = LocalOptions.fromEnvironment(Map.of());
    assertThat(options.usesRealStripe()).isFalse();
    assertThat(options.with("CPD_STRIPE_API_BASE", options.sandboxUrl()).usesRealStripe())
        .isFalse();
    assertThat(options.with("CPD_STRIPE_API_BASE", "https://api.stripe.com").usesRealStripe())
        .isTrue();
  }
}
