package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An alert on a metric that nobody registers never fires, and one without a runbook helps nobody.
 */
class AlertRulesTest {

  private static final Pattern METRIC = Pattern.compile("cpd_[a-z_]+");
  private static final Pattern METER = Pattern.compile("\"(cpd\\.[a-z.-]+)\"");
  private static final Pattern SUFFIX =
      Pattern.compile("(_seconds)?(_total|_count|_sum|_max|_bucket)?$");
  private static final Path PROJECT = CommittedFiles.project();
  private static final List<JsonNode> ALERTS =
      new YAMLMapper()
          .readTree(CommittedFiles.readIfThere(PROJECT.resolve("deploy/prometheus/rules.yml")))
          .path("groups")
          .valueStream()
          .flatMap(group -> group.path("rules").valueStream())
          .toList();

  @Test
  void every_alert_has_a_summary_a_severity_and_a_runbook_that_names_it() {
    assertThat(ALERTS).isNotEmpty();
    for (JsonNode alert : ALERTS) {
      String name = alert.path("alert").asString();
      assertThat(alert.path("annotations").path("summary").asString("")).as(name).isNotBlank();
      assertThat(alert.path("labels").path("severity").asString(""))
          .as(name)
          .isIn("page", "ticket");
      String runbook = alert.path("annotations").path("runbook_url").asString("");
      assertThat(runbook).as(name).startsWith("docs/runbooks/");
      assertThat(CommittedFiles.readIfThere(PROJECT.resolve(runbook))).contains(name);
    }
  }

  @Test
  void every_runbook_belongs_to_an_alert() {
    TreeSet<String> named =
        ALERTS.stream()
            .map(alert -> alert.path("annotations").path("runbook_url").asString(""))
            .map(runbook -> runbook.substring(runbook.lastIndexOf('/') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    named.add("README.md");
    assertThat(CommittedFiles.namesIn(PROJECT.resolve("docs/runbooks")))
        .containsExactlyElementsOf(named);
  }

  @Test
  void every_metric_of_ours_is_registered_by_a_service() {
    Set<String> registered = registeredMeters();
    for (JsonNode alert : ALERTS) {
      METRIC
          .matcher(alert.path("expr").asString())
          .results()
          .map(MatchResult::group)
          .forEach(metric ->
              assertThat(registered)
                  .as("somebody registers %s", metric)
                  .containsAnyOf(metric, SUFFIX.matcher(metric).replaceAll("")));
    }
  }

  /** The names in the sources, as Prometheus writes them. */
  private static Set<String> registeredMeters() {
    return CommittedFiles.namesIn(PROJECT).stream()
        .flatMap(module -> CommittedFiles.mainSources(module).stream())
        .flatMap(source -> METER.matcher(source).results())
        .map(meter -> meter.group(1).replaceAll("[.-]", "_"))
        .collect(Collectors.toSet());
  }
}
