package io.cpdevents.platform.operations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators the processes that stay in a temporary state for too long. */
@Tag(name = "Operations", description = "For those who operate the platform.")
@RestController
@RequestMapping("/api/v1/ops/${cpd.service}/processes")
class ProcessController {

  /**
   * A temporary state and the processes that are stuck in it.
   *
   * @param limitSeconds how long a process may stay before it counts as stuck
   * @param stuck how many are stuck, counted up to 10,000
   * @param oldestAgeSeconds the age of the oldest in the state, stuck or not; 0 when there is none
   * @param oldestIds the ids of those that are stuck for longest, at most 10
   */
  @Schema(name = "ProcessState")
  record StateView(
      String process,
      String state,
      long limitSeconds,
      long stuck,
      long oldestAgeSeconds,
      List<String> oldestIds) {}

  /** A stuck process. */
  @Schema(name = "StuckProcess")
  record StuckView(String id, Instant since, long ageSeconds) {}

  private static final int MAX_NAME_CHARACTERS = 100;

  private final StuckProcesses stuck;

  ProcessController(StuckProcesses stuck) {
    this.stuck = stuck;
  }

  /** All temporary states, including those without a stuck process. */
  @Operation(summary = "How many processes are stuck in each temporary state")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<StateView> listProcessStates() {
    return Page.whole(stuck.states().stream().map(this::view).toList());
  }

  /** The processes that are stuck in a state, the oldest first. */
  @Operation(summary = "The processes that are stuck in a state")
  @RefusesCommonly({CommonProblem.PROCESS_NOT_FOUND})
  @GetMapping("/{process}/states/{state}")
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<StuckView> listStuckProcesses(
      @PathVariable @OneLine(max = MAX_NAME_CHARACTERS) String process,
      @PathVariable @OneLine(max = MAX_NAME_CHARACTERS) String state,
      PageRequest page) {
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
