package io.cpdevents.accounts.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  /** The secret of the examples in RFC 6238. */
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
  private static final long STEP = Totp.stepAt(NOON);

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codes_are_those_of_the_rfc(long seconds, String code) {
    assertThat(Totp.code(SECRET, Totp.stepAt(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
  }

  @Test
  void the_code_of_the_period_and_of_its_neighbours_counts_and_no_other() {
    for (long drift = -1; drift <= 1; drift++) {
      assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, STEP + drift), NOON)).hasValue(STEP + drift);
    }
    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, STEP - 2), NOON)).isEmpty();
    assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, STEP + 2), NOON)).isEmpty();
    assertThat(Totp.stepOf(SECRET, "", NOON)).isEmpty();
    assertThat(Totp.stepOf(SECRET, "12345六", NOON)).isEmpty();
  }

  @Test
  void blanks_in_a_code_do_not_matter() {
    String code = Totp.code(SECRET, STEP);

    assertThat(Totp.stepOf(SECRET, " " + code.substring(0, 3) + " " + code.substring(3), NOON))
        .hasValue(STEP);
  }

  @Test
  void secrets_are_told_as_apps_read_them() {
    TotpSecret secret = new TotpSecret(SECRET);

    assertThat(secret.text()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(secret.uri("a+b@example.org"))
        .isEqualTo(
            "otpauth://totp/CPD%20Events:a%2Bb%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=CPD%20Events&algorithm=SHA1&digits=6&period=30");
    assertThat(TotpSecret.next().bytes()).hasSize(20).isNotEqualTo(TotpSecret.next().bytes());
    assertThat(secret).hasToString("(hidden)");
  }

  @Test
  void recovery_codes_count_however_they_are_typed() {
    RecoveryCode code = RecoveryCode.all().getFirst();

    assertThat(code.text()).matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
    assertThat(
            new RecoveryCode(" " + code.text().replace("-", " ").toUpperCase(Locale.ROOT)).sha256())
        .isEqualTo(code.sha256());
    assertThat(RecoveryCode.all()).hasSize(10).doesNotHaveDuplicates().doesNotContain(code);
  }
}
