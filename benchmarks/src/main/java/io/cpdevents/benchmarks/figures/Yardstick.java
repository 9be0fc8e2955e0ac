package io.cpdevents.benchmarks.figures;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How fast this machine is just now: Argon2id at OWASP's minimum (19 MiB, two iterations, one lane)
 * on two cores. It depends on nothing of ours, keeps cores and memory busy as JVMs do, and was
 * measured on the machine on which the targets were set.
 */
public final class Yardstick {

  /** A second, on both cores of the machine on which the targets were set. */
  private static final double HASHES_THERE = 67;

  private static final int CORES = 2;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final double NANOS_PER_SECOND = 1e9;

  private boolean warm;

  /**
   * How many times as long as on the machine of the targets the same takes here; takes three
   * seconds.
   */
  double slowness() {
    if (!warm) {
      hashesPerSecond();
      warm = true;
    }
    return HASHES_THERE / hashesPerSecond();
  }

  private static double hashesPerSecond() {
    AtomicLong hashes = new AtomicLong();
    long began = System.nanoTime();
    long until = began + LENGTH.toNanos();
    IntStream.range(0, CORES)
        .mapToObj(_ ->
            Thread.ofPlatform()
                .start(() -> {
                  while (System.nanoTime() < until) {
                    hash();
                    hashes.incrementAndGet();
                  }
                }))
        .toList()
        .forEach(Yardstick::join);
    return hashes.get() * NANOS_PER_SECOND / (System.nanoTime() - began);
  }

  private static void hash() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(ITERATIONS)
            .withParallelism(1)
            .withSalt(new byte[SALT_BYTES])
            .build());
    generator.generateBytes("a password that is nobody's".toCharArray(), new byte[HASH_BYTES]);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
