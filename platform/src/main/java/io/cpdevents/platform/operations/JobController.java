package io.cpdevents.platform.operations;

import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators a service's jobs: sweeps, and calls that are retried until they succeed. */
@Tag(name = "Operations", description = "For those who operate the platform.")
@RestController
@RequestMapping("/api/v1/ops/${cpd.service}/jobs")
class JobController {

  private static final int MAX_NAME_CHARACTERS = 100;

  private final ScheduledJobs jobs;

  JobController(ScheduledJobs jobs) {
    this.jobs = jobs;
  }

  /** The jobs, those that are due for longest first. */
  @Operation(summary = "The jobs of the service, those that are due for longest first")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_SUPPORT)
  Page<ScheduledJobs.JobView> listJobs(
      @RequestParam(required = false) @OneLine(max = MAX_NAME_CHARACTERS) @Nullable String name,
      PageRequest page) {
    return jobs.list(name, page);
  }
}
