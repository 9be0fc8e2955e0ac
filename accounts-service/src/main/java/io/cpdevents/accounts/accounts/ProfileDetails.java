package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.text.OneLine;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person can change about themselves.
 *
 * @param locale BCP 47, for example {@code en-CA}; null when not chosen
 * @param timeZone IANA, for example {@code America/Toronto}; null when not chosen
 */
public record ProfileDetails(
    @NotBlank @OneLine(max = ProfileDetails.MAX_NAME_CHARACTERS) String name,
    @Nullable @OneLine(max = ProfileDetails.MAX_LOCALE_CHARACTERS) String locale,
    @Nullable @OneLine(max = ProfileDetails.MAX_TIME_ZONE_CHARACTERS) String timeZone)
    implements FieldRules {

  public static final int MAX_NAME_CHARACTERS = 200;
  public static final int MAX_LOCALE_CHARACTERS = 35;
  public static final int MAX_TIME_ZONE_CHARACTERS = 64;

  @Override
  public List<FieldError> brokenRules() {
    return Preferences.faultsOf(locale, timeZone);
  }
}
