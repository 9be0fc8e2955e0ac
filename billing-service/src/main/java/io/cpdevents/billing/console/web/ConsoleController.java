package io.cpdevents.billing.console.web;

import io.cpdevents.billing.console.BreakPage;
import io.cpdevents.billing.console.CalendarPage;
import io.cpdevents.billing.console.FiguresPage;
import io.cpdevents.billing.explanations.ExplainedKind;
import io.cpdevents.billing.explanations.ExplanationQueries;
import io.cpdevents.billing.explanations.ExplanationQueries.Asked;
import io.cpdevents.billing.finance.BreakStatus;
import io.cpdevents.billing.finance.FinanceBreakQueries;
import io.cpdevents.billing.reconciliation.ReconciliationQueries;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.PageRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The pages of platform finance. They only show: what a person does, the page's script asks of the
 * API, where roles, four eyes and idempotency keys are.
 */
@Controller
@RequestMapping("/finance")
class ConsoleController {

  private final ReconciliationQueries days;
  private final FinanceBreakQueries breaks;
  private final ExplanationQueries explanations;
  private final CalendarPage calendar;
  private final FiguresPage figures;
  private final Clock clock;

  ConsoleController(
      ReconciliationQueries days,
      FinanceBreakQueries breaks,
      ExplanationQueries explanations,
      CalendarPage calendar,
      FiguresPage figures,
      Clock clock) {
    this.days = days;
    this.breaks = breaks;
    this.explanations = explanations;
    this.calendar = calendar;
    this.figures = figures;
    this.clock = clock;
  }

  /**
   * The days of a month.
   *
   * @param month by default this one
   */
  @GetMapping({"", "/"})
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ModelAndView calendar(@RequestParam(required = false) @Nullable String month) {
    return page("calendar", Map.of("calendar", calendar.of(monthNamed(month))));
  }

  @GetMapping("/days/{date}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ModelAndView day(@PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date) {
    return page("day", Map.of("day", days.day(date)));
  }

  /** All breaks that are not resolved, or those of a status. */
  @GetMapping("/breaks")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ModelAndView breaks(
      @RequestParam(required = false) @Nullable BreakStatus status, PageRequest page) {
    return page("breaks", Map.of("breaks", breaks.list(status, page), "now", clock.instant()))
        .addObject("status", status);
  }

  @GetMapping("/breaks/{breakId}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ModelAndView oneBreak(Caller caller, @PathVariable UUID breakId) {
    return page("break", Map.of("page", BreakPage.of(breaks.get(breakId), caller)));
  }

  @GetMapping("/figures")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ModelAndView figures() {
    return page("figures", Map.of("figures", figures.now()));
  }

  /** Where people name what is to be explained. */
  @GetMapping("/explanations")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  ModelAndView explanations() {
    return page("explanations", Map.of("kinds", ExplainedKind.values()));
  }

  /** The tree, as support sees it; an account of the ledger is for finance alone. */
  @GetMapping("/explanations/{kind}/{id}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  ModelAndView explanation(
      Caller caller, @PathVariable ExplainedKind kind, @PathVariable String id) {
    if (kind == ExplainedKind.ACCOUNT && !caller.has(PlatformRole.PLATFORM_FINANCE)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    return page(
        "explanation",
        Map.of("kind", kind, "trees", explanations.explain(new Asked(kind, id, null, null))));
  }

  /** Whatever else people type; the script and the style are no pages. */
  @GetMapping("/{page:(?!assets$).*}/**")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  ModelAndView nothing() {
    throw CommonProblem.NOT_FOUND.violation();
  }

  /** What the API refuses as JSON, a person reads as a page; without a session it asks for one. */
  @ExceptionHandler(RuleViolation.class)
  ModelAndView refused(RuleViolation refusal) {
    ModelAndView page =
        refusal.problem() == CommonProblem.SESSION_MISSING
            ? page("log-in", Map.of())
            : page("refused", Map.of("code", refusal.code(), "text", text(refusal)));
    page.setStatus(HttpStatus.valueOf(refusal.problem().kind().status()));
    return page;
  }

  private static String text(RuleViolation refusal) {
    return String.valueOf(refusal.getMessage());
  }

  private YearMonth monthNamed(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
    try {
      YearMonth month = YearMonth.parse(text);
      if (CalendarPage.hasDays(month)) {
        return month;
      }
    } catch (DateTimeException malformed) {
      // It is refused below.
    }
    throw FieldProblem.WRONG_FORMAT.on("month");
  }

  private static ModelAndView page(String name, Map<String, ?> model) {
    return new ModelAndView("console/" + name, model);
  }
}
