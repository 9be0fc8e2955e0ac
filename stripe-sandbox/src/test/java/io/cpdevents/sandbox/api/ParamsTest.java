package io.cpdevents.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParamsTest {

  @Test
  void nested_names_are_read_as_a_tree() {
    Params params = Params.ofForm("a[b][0][c]=1&a[b][1][c]=2&expand[]=x&expand[]=y");

    assertThat(params.childOrEmpty("a").list("b"))
        .extracting(element -> element.requiredText("c"))
        .containsExactly("1", "2");
    assertThat(params.texts("expand")).containsExactly("x", "y");
    params.refuseOthers();
  }

  @Test
  void a_parameter_that_is_not_read_is_refused_at_any_depth() {
    Params params = Params.ofForm("a[b]=1&a[c]=2&d=3");
    params.childOrEmpty("a").text("b");

    assertThatThrownBy(params::refuseOthers)
        .isInstanceOf(StripeRefusal.class)
        .hasMessage("Received unknown parameters: d, a[c]");
  }

  @Test
  void equal_parameters_are_the_same_request_in_any_order() {
    assertThat(Params.ofForm("a=1&b[c]=2").canonical())
        .isEqualTo(Params.ofForm("b%5Bc%5D=2&a=1").canonical())
        .isNotEqualTo(Params.ofForm("a=1&b[c]=3").canonical());
  }

  @Test
  void a_value_that_is_also_an_object_is_refused() {
    assertThatThrownBy(() -> Params.ofForm("a=1&a[b]=2")).isInstanceOf(StripeRefusal.class);
    assertThatThrownBy(() -> Params.ofForm("a[b]=1&a=2")).isInstanceOf(StripeRefusal.class);
    assertThatThrownBy(() -> Params.ofForm("a[[=1")).isInstanceOf(StripeRefusal.class);
  }
}
