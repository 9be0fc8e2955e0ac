package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What limits are called. */
final class LimitRules {

  private static final Set<String> QUANTITIES =
      Set.of("int", "long", "java.time.Duration", "java.math.BigDecimal");

  /** A limit that does not say so first, as {@code BATCH_ROWS} and {@code CONNECT_TIMEOUT}. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?!MAX_|MIN_)(.*_)?(BATCH_[A-Z]+|[A-Z]+_AT_ONCE|GIVEN?_UP_AFTER)"
              + "|(?!DEFAULT_)[A-Z0-9_]+_(MAX|MIN)(_.*)?"
              + "|(.*_)?(TIMEOUT|MOST|LEAST|LOWEST|HIGHEST|LIMIT)(_.*)?");

  /** One that does not end with its unit, as {@code MAX_TEXT_LENGTH}; a duration has its own. */
  private static final Pattern WITHOUT_UNIT =
      Pattern.compile("(MAX|MIN)_(.*_)?(LENGTH|SIZE|COUNT|NUMBER|WAIT|PAUSE|MS)");

  private static final DescribedPredicate<JavaField> QUANTITY =
      describe(
          "are constants",
          field ->
              field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL))
                  && QUANTITIES.contains(field.getRawType().getName()));

  private static final ArchRule MAX_OR_MIN_FIRST_AND_UNIT_LAST =
      noFields()
          .that(QUANTITY)
          .should()
          .haveNameMatching(HIDDEN.pattern())
          .orShould()
          .haveNameMatching(WITHOUT_UNIT.pattern())
          .because("a limit begins with MAX or MIN and ends with its unit: MAX_BATCH_ROWS");

  private LimitRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("limit", MAX_OR_MIN_FIRST_AND_UNIT_LAST));
  }
}
