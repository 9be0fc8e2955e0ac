package io.cpdevents.accounts.accounts.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.accounts.ChangeProfile;
import io.cpdevents.accounts.accounts.ProfileDetails;
import io.cpdevents.accounts.accounts.ProfileQueries;
import io.cpdevents.accounts.accounts.ProfileQueries.Profile;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me")
class ProfileController {

  private final ProfileQueries profiles;
  private final ChangeProfile changeProfile;
  private final MergePatch mergePatch;

  ProfileController(ProfileQueries profiles, ChangeProfile changeProfile, MergePatch mergePatch) {
    this.profiles = profiles;
    this.changeProfile = changeProfile;
    this.mergePatch = mergePatch;
  }

  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @Operation(summary = "Who I am and which organizations I belong to")
  @GetMapping
  @AccountEndpoint(whileClosing = true)
  @WithoutFactor
  Profile getMe(Caller caller) {
    return profiles.of(caller.accountId());
  }

  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @Operation(summary = "Change my name, language or time zone")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ProfileDetails.class)))
  @PatchMapping
  @AccountEndpoint
  Profile changeMe(@RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    changeProfile.handle(
        new ChangeProfile.Command(
            caller.accountId(),
            seen,
            details -> mergePatch.apply(patch, details, ProfileDetails.class)));
    return profiles.of(caller.accountId());
  }
}
