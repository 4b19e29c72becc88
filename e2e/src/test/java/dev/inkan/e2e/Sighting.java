package dev.inkan.e2e;

import dev.inkan.core.certificate.SerialNumber;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** When a gateway that asks one server all the time sees a revocation there. */
final class Sighting {

  private final StatusClient client;
  private final SerialNumber serialNumber;
  private final long begin = System.nanoTime();
  private Optional<Duration> ocsp = Optional.empty();
  private Optional<Duration> crl = Optional.empty();

  Sighting(StatusClient client, SerialNumber serialNumber) {
    this.client = client;
    this.serialNumber = serialNumber;
  }

  void await() {
    Awaitility.await("the revocation of " + serialNumber)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(this::look);
  }

  private boolean look() {
    if (ocsp.isEmpty() && client.isRevoked(serialNumber)) {
      ocsp = Optional.of(Duration.ofNanos(System.nanoTime() - begin));
    }
    if (crl.isEmpty() && client.lists(serialNumber)) {
      crl = Optional.of(Duration.ofNanos(System.nanoTime() - begin));
    }
    return ocsp.isPresent() && crl.isPresent();
  }

  Optional<Duration> ocsp() {
    return ocsp;
  }

  Optional<Duration> crl() {
    return crl;
  }
}
