package io.cpdevents.notification.mails;

import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The mails that this process has claimed, each with its lease, and the attempts that have ended
 * and are not saved yet.
 */
@Component
class ClaimedMails {

  /** A claimed mail, and until when no other worker claims it; system time. */
  private record Lease(Mail claimed, Instant until) {}

  private final Map<UUID, Lease> leases = new ConcurrentHashMap<>();
  private final Queue<Attempt> ended = new ConcurrentLinkedQueue<>();
  private final Clock clock;
  private final SystemTime systemTime;
  private final ApplicationEventPublisher announcements;
  private volatile boolean closed;

  ClaimedMails(Clock clock, SystemTime systemTime, ApplicationEventPublisher announcements) {
    this.clock = clock;
    this.systemTime = systemTime;
    this.announcements = announcements;
  }

  void add(Mail claimed, Instant leaseUntil) {
    leases.put(claimed.id(), new Lease(claimed, leaseUntil));
  }

  boolean isEmpty() {
    return leases.isEmpty();
  }

  int size() {
    return leases.size();
  }

  /** How many more this process may claim, when it may have so many. */
  int places(int most) {
    return closed ? 0 : Math.max(0, most - leases.size());
  }

  /** The process stops: it claims no more. */
  void close() {
    closed = true;
  }

  /** Those whose leases end before then, as they were when they were claimed. */
  List<Mail> leasedUntilBefore(Instant then) {
    return leases.values().stream()
        .filter(lease -> lease.until().isBefore(then))
        .map(Lease::claimed)
        .toList();
  }

  /** Those of them that will still be here when these attempts are saved. */
  Set<UUID> idsWithout(Collection<Attempt> attempts) {
    Set<UUID> ids = new HashSet<>(leases.keySet());
    attempts.forEach(attempt -> ids.remove(attempt.claimed().id()));
    return ids;
  }

  /** Notes that the lease of this one, if it is still here, is longer. */
  void extend(UUID id, Instant until) {
    leases.computeIfPresent(id, (_, lease) -> new Lease(lease.claimed(), until));
  }

  /** Whether no other worker can have claimed the mail meanwhile. */
  boolean isLeased(Mail mail) {
    Lease lease = leases.get(mail.id());
    return lease != null && systemTime.now().isBefore(lease.until());
  }

  /** The attempt to send the mail has ended, and waits to be saved. */
  void end(Mail mail, SendMail.Result result) {
    ended.add(new Attempt(mail, result, clock.instant()));
    announcements.publishEvent(new AttemptEnded());
  }

  /** The attempts that wait to be saved. */
  List<Attempt> ended() {
    return List.copyOf(ended);
  }

  /** The attempt is saved, or the mail is another worker's by now. */
  void forget(Attempt attempt) {
    ended.remove(attempt);
    leases.remove(attempt.claimed().id());
  }

  /** Nobody here has the mail any more: its lease will run out. */
  void letGo(Mail mail) {
    leases.remove(mail.id());
  }
}
