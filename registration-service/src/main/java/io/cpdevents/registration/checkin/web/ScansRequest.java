package io.cpdevents.registration.checkin.web;

import io.cpdevents.platform.sql.UsualTime;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.registration.checkin.ScanDirection;
import io.cpdevents.registration.checkin.SettleScans;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a scanner that was offline has seen. */
@Schema(name = "ScansToUpload")
record ScansRequest(
    @NotNull @Size(min = 1, max = ScansRequest.MAX_SCANS)
        List<@NotNull @Valid UploadedScan> scans) {

  static final int MAX_SCANS = 500;

  /**
   * A ticket at a door.
   *
   * @param at by the scanner's clock
   * @param direction {@code in} when it is left out
   */
  @Schema(name = "ScanToUpload")
  record UploadedScan(
      @NotBlank
          @OneLine(max = CheckInRequest.MAX_CODE_CHARACTERS)
          @Schema(example = "2ZK7M4QXW9B3T6YHCVD8RNPJ5A")
          String ticketCode,
      @NotNull @UsualTime Instant at,
      @Nullable ScanDirection direction) {

    SettleScans.Upload toUpload() {
      return new SettleScans.Upload(
          ticketCode, at, Objects.requireNonNullElse(direction, ScanDirection.IN));
    }
  }

  SettleScans.Command toCommand(UUID eventId) {
    return new SettleScans.Command(eventId, scans.stream().map(UploadedScan::toUpload).toList());
  }
}
