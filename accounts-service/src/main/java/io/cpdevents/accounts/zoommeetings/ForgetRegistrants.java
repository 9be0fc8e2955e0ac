package io.cpdevents.accounts.zoommeetings;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person is erased: whoever they were at meetings ahead is deleted at Zoom. Tickets are without
 * their name and address by then, so asking registration-service again shows who is left.
 */
@Component
public class ForgetRegistrants {

  private final ZoomMeetings meetings;
  private final ZoomRegistrations registrations;
  private final Attendances attendances;
  private final Clock clock;

  ForgetRegistrants(
      ZoomMeetings meetings,
      ZoomRegistrations registrations,
      Attendances attendances,
      Clock clock) {
    this.meetings = meetings;
    this.registrations = registrations;
    this.attendances = attendances;
    this.clock = clock;
  }

  /** Has all in which they may be named be looked at again. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    meetings.forgetHost(accountId);
    // Who has such an address by now is asked about once more, and stays.
    registrations
        .addressesOf(accountId)
        .forEach(known -> {
          registrations.renewOf(accountId, AddressDigest.of(known.email()), clock.instant());
          attendances.forget(known);
        });
  }
}
