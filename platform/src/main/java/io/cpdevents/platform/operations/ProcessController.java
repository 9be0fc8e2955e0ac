package io.cpdevents.platform.operations;

import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees of processes that stay in a passing state. */
@RestController
@RequestMapping("/api/v1/ops/${cpd.service}/processes")
class ProcessController {

  /**
   * A passing state and who is stuck in it.
   *
   * @param limitSeconds who stays longer is stuck
   * @param stuck how many are, counted up to 10,000
   * @param oldestAgeSeconds the age of the oldest in the state, stuck or not; 0 when there is none
   * @param oldestIds of those who are stuck for longest, at most 10
   */
  record StateView(
      String process,
      String state,
      long limitSeconds,
      long stuck,
      long oldestAgeSeconds,
      List<String> oldestIds) {}

  /** One that is stuck. */
  record StuckView(String id, Instant since, long ageSeconds) {}

  private final StuckProcesses stuck;

  ProcessController(StuckProcesses stuck) {
    this.stuck = stuck;
  }

  /** Every passing state there is, also those in which nobody is stuck. */
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<StateView> states() {
    return Page.whole(stuck.states().stream().map(this::view).toList());
  }

  /** Those who are stuck in one state, the oldest first. */
  @GetMapping("/{process}/states/{state}")
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<StuckView> stuck(
      @PathVariable String process, @PathVariable String state, PageRequest page) {
    return stuck
        .list(stuck.find(process, state), page)
        .map(one -> new StuckView(one.id(), one.since(), one.age().toSeconds()));
  }

  private StateView view(StuckThreshold state) {
    StuckProcesses.Count count = stuck.count(state);
    return new StateView(
        state.process(),
        state.state(),
        state.limit().toSeconds(),
        count.count(),
        count.oldestAge().toSeconds(),
        count.count() == 0 ? List.of() : stuck.oldest(state));
  }
}
