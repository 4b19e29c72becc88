package dev.inkan.server.operation;

import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.FieldProblem;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a bulk revocation is about.
 *
 * @param serialNumbers what would be revoked, each once
 * @param unknown serial numbers and user IDs that name nothing
 * @param alreadyRevoked what is left out
 */
record BulkSelection(
    List<SerialNumber> serialNumbers,
    List<Certificate> certificates,
    List<String> unknown,
    List<String> alreadyRevoked) {

  private static final int CERTIFICATES_OF_A_USER = 50;

  static BulkSelection of(OperationStores stores, NewBulkRevocation wanted, Instant now) {
    Collector collector = new Collector(stores, now);
    wanted.organisation().ifPresent(collector::organisation);
    wanted.serialNumbers().forEach(collector::serial);
    wanted.userIds().forEach(collector::user);
    return new BulkSelection(
        collector.found.values().stream().map(it -> SerialNumber.parse(it.serialNumber())).toList(),
        List.copyOf(collector.found.values()),
        collector.unknown,
        collector.alreadyRevoked);
  }

  /** A list with a slip in it is not taken: the slip may be the one that matters. */
  Outcome<BulkSelection> check() {
    if (!unknown.isEmpty()) {
      return Outcome.refused(
          new Refusal(
              ProblemType.NOT_FOUND,
              unknown.size() + " of the list name nothing here; nothing was written down",
              List.of("Correct the list."),
              unknown.stream().map(it -> new FieldProblem(it, "names nothing here")).toList()));
    }
    return serialNumbers.isEmpty()
        ? Outcome.refused(
            Refusal.of(ProblemType.WRONG_STATE, "there is nothing to revoke: none of it counts"))
        : Outcome.done(this);
  }

  BulkPreview preview(Optional<BulkRevocation> created, int shown) {
    return new BulkPreview(
        certificates.size(),
        count(Certificate::userId),
        count(Certificate::organisation),
        unknown,
        alreadyRevoked,
        certificates.subList(0, Math.min(shown, certificates.size())),
        created);
  }

  private int count(Function<Certificate, Optional<String>> of) {
    return (int) certificates.stream().flatMap(it -> of.apply(it).stream()).distinct().count();
  }

  private static final class Collector {

    private final OperationStores stores;
    private final Instant now;
    private final Map<String, Certificate> found = new LinkedHashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> alreadyRevoked = new ArrayList<>();

    Collector(OperationStores stores, Instant now) {
      this.stores = stores;
      this.now = now;
    }

    void organisation(String number) {
      if (stores.people().organisation(number, now).isEmpty()) {
        unknown.add(number);
      }
      stores.certificateRegister().countingOf(number, now).forEach(this::take);
    }

    void serial(String text) {
      SerialText.parse(text).ifPresentOrElse(this::take, () -> unknown.add(text));
    }

    void user(String userId) {
      if (stores.people().user(userId, now).isEmpty()) {
        unknown.add(userId);
      }
      stores
          .certificateRegister()
          .list(CertificateSearch.ofUser(userId), Paging.first(CERTIFICATES_OF_A_USER), now)
          .items()
          .stream()
          .filter(Collector::counts)
          .forEach(this::add);
    }

    private void take(SerialNumber serialNumber) {
      Optional<Certificate> certificate =
          stores
              .certificateRegister()
              .find(serialNumber, now)
              .filter(it -> it.kind() == CertificateKind.SUBSCRIBER);
      if (certificate.isEmpty()) {
        unknown.add(serialNumber.toString());
      } else if (counts(certificate.get())) {
        add(certificate.get());
      } else {
        alreadyRevoked.add(serialNumber.toString());
      }
    }

    private void add(Certificate certificate) {
      found.putIfAbsent(certificate.serialNumber(), certificate);
    }

    private static boolean counts(Certificate certificate) {
      return certificate.state() == CertificateState.VALID
          || certificate.state() == CertificateState.HELD;
    }
  }
}
