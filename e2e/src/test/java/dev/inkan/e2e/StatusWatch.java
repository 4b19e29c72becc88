package dev.inkan.e2e;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspReply;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A gateway that asks every server all the time: whether a certificate that stays good is good, and
 * for the CRL, whose number never goes back and never names two CRLs.
 */
final class StatusWatch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(100);

  private final SerialNumber witness;
  private final Map<String, StatusClient> clients;
  private final ScheduledExecutorService threads;
  private final List<ScheduledFuture<?>> watches = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger missing = new AtomicInteger();
  private final Map<String, Long> lastGood = new ConcurrentHashMap<>();
  private final Map<String, Long> longest = new ConcurrentHashMap<>();
  private final Map<String, BigInteger> lastNumber = new ConcurrentHashMap<>();
  private final Map<BigInteger, Der> crls = new ConcurrentHashMap<>();
  private final List<String> contradictions = new CopyOnWriteArrayList<>();

  /**
   * @param witness a certificate that nobody revokes
   */
  StatusWatch(Map<String, StatusClient> clients, SerialNumber witness) {
    this.clients = Map.copyOf(clients);
    this.witness = witness;
    this.threads = Executors.newScheduledThreadPool(clients.size());
  }

  void start() {
    clients.keySet().forEach(it -> lastGood.put(it, System.nanoTime()));
    clients.forEach(
        (name, client) ->
            watches.add(
                threads.scheduleWithFixedDelay(
                    () -> look(name, client), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS)));
  }

  private void look(String name, StatusClient client) {
    try {
      ask(name, client);
      crl(name, client);
    } catch (RuntimeException | AssertionError e) {
      missing.incrementAndGet();
      contradictions.add(name + " did not answer a gateway: " + e);
    }
  }

  private void ask(String name, StatusClient client) {
    OcspReply reply = client.ask(witness);
    answers.incrementAndGet();
    if (reply.code() != 0 || !(reply.status() instanceof CertificateStatus.Good)) {
      missing.incrementAndGet();
      contradictions.add(name + " answered " + reply.code() + " about a good certificate");
      return;
    }
    long now = System.nanoTime();
    long gap = now - Optional.ofNullable(lastGood.put(name, now)).orElse(now);
    longest.merge(name, gap, Math::max);
  }

  private void crl(String name, StatusClient client) {
    X509CRL crl = client.crl();
    BigInteger number = number(crl);
    BigInteger before = lastNumber.put(name, number);
    if (before != null && before.compareTo(number) > 0) {
      contradictions.add(name + " published CRL " + number + " after " + before);
    }
    Der der = encoded(crl);
    Der same = crls.putIfAbsent(number, der);
    if (same != null && !same.equals(der)) {
      contradictions.add("two CRLs have the number " + number);
    }
  }

  private static BigInteger number(X509CRL crl) {
    byte[] value = crl.getExtensionValue("2.5.29.20");
    // OCTET STRING with an INTEGER in it, both of short lengths.
    return new BigInteger(1, java.util.Arrays.copyOfRange(value, 4, value.length));
  }

  private static Der encoded(X509CRL crl) {
    try {
      return Der.copyOf(crl.getEncoded());
    } catch (CRLException e) {
      throw new AssertionError(e);
    }
  }

  /** How many OCSP answers did not come, or not say good. */
  int missing() {
    return missing.get();
  }

  /** The numbers of the CRLs seen. */
  List<BigInteger> numbers() {
    List<BigInteger> all = new ArrayList<>(crls.keySet());
    Collections.sort(all);
    return all;
  }

  List<String> contradictions() {
    return contradictions.stream().limit(20).toList();
  }

  @Override
  public String toString() {
    String gaps =
        longest.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(it -> it.getKey() + " " + it.getValue() / 1_000_000 + " ms")
            .collect(Collectors.joining(", "));
    return "%d OCSP answers, %d missing, longest from one to the next: %s; %d CRLs"
        .formatted(answers.get(), missing.get(), gaps, crls.size());
  }

  @Override
  public void close() {
    watches.forEach(it -> it.cancel(false));
    threads.shutdownNow();
  }
}
