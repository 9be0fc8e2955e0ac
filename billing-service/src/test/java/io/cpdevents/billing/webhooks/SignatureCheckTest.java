package io.cpdevents.billing.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

  private static final String BODY = "{\"id\":\"evt_1\"}";
  private static final String SECRET = "whsec_test";
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void what_stripes_own_library_signs_is_good() throws Exception {
    assertThat(isSigned(signedAt(NOW, SECRET), SECRET)).isTrue();
  }

  @Test
  void one_of_several_secrets_is_enough() throws Exception {
    assertThat(isSigned(signedAt(NOW, SECRET), "whsec_new", SECRET)).isTrue();
    assertThat(isSigned(signedAt(NOW, SECRET), "whsec_new")).isFalse();
    assertThat(isSigned(signedAt(NOW, SECRET))).isFalse();
  }

  @Test
  void one_of_several_signatures_is_enough() throws Exception {
    String signed = signedAt(NOW, SECRET);
    String other = "v1=" + "0".repeat(64);
    assertThat(isSigned(signed + "," + other, SECRET)).isTrue();
    assertThat(isSigned(signed.replace(",v1", "," + other + ",v1"), SECRET)).isTrue();
  }

  @Test
  void the_time_may_be_off_by_five_minutes_both_ways() throws Exception {
    Duration most = SignatureCheck.TOLERANCE;
    assertThat(isSigned(signedAt(NOW.minus(most), SECRET), SECRET)).isTrue();
    assertThat(isSigned(signedAt(NOW.plus(most), SECRET), SECRET)).isTrue();
    assertThat(isSigned(signedAt(NOW.minus(most).minus(SECOND), SECRET), SECRET)).isFalse();
    assertThat(isSigned(signedAt(NOW.plus(most).plus(SECOND), SECRET), SECRET)).isFalse();
    assertThat(isSigned(signedAt(NOW.plus(Duration.ofDays(1)), SECRET), SECRET)).isFalse();
  }

  @Test
  void a_body_that_differs_by_one_byte_is_not_good() throws Exception {
    byte[] changed = BODY.replace("evt_1", "evt_2").getBytes(StandardCharsets.UTF_8);
    assertThat(SignatureCheck.isSigned(changed, signedAt(NOW, SECRET), List.of(SECRET), NOW))
        .isFalse();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        ",",
        "=",
        "t",
        "v1",
        "t=",
        "t=abc,v1=abc",
        "t=1800000000",
        "t=1800000000,v1",
        "t=1800000000,v1=",
        "t=1800000000,v1=zz",
        "t,v1=00",
        "t=-1,v1=00",
        "t=99999999999999999999,v1=00",
        "t=999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000",
        "v1=0000000000000000000000000000000000000000000000000000000000000000",
        "t=1800000000,v0=0000000000000000000000000000000000000000000000000000000000000000",
        "t=1800000000;v1=0000000000000000000000000000000000000000000000000000000000000000",
        "\u0000",
        "\uD83D\uDE00"
      })
  void junk_is_refused_and_breaks_nothing(@Nullable String header) {
    assertThat(isSigned(header, SECRET)).isFalse();
  }

  @Test
  void a_header_of_ten_kilobytes_is_refused() throws Exception {
    String many = ",v1=" + "0".repeat(64);
    assertThat(isSigned(signedAt(NOW, SECRET) + many.repeat(150), SECRET)).isFalse();
    assertThat(isSigned("t=" + "1".repeat(10_000), SECRET)).isFalse();
  }

  private static boolean isSigned(@Nullable String header, String... secrets) {
    return SignatureCheck.isSigned(
        BODY.getBytes(StandardCharsets.UTF_8), header, List.of(secrets), NOW);
  }

  private static String signedAt(Instant at, String secret) throws Exception {
    return Webhook.Signature.generateSignatureHeader(BODY, secret, at.getEpochSecond());
  }
}
