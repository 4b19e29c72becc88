package dev.inkan.server.operation;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which certificates a request is about: all of one user that count, or those named. */
final class RequestSelection {

  private static final int MOST_OF_ONE_USER = 50;

  private RequestSelection() {}

  /** The certificates, or why they cannot be asked for. */
  static Outcome<List<Certificate>> of(
      OperationStores stores, NewRevocationRequest wanted, Instant now) {
    if (wanted.userId().isPresent() == !wanted.serialNumbers().isEmpty()) {
      return Outcome.refused(
          Refusal.field("userId", "or serialNumbers must be given, and not both"));
    }
    return wanted.userId().isPresent()
        ? ofUser(stores, wanted.userId().get(), now)
        : ofSerials(stores, wanted.serialNumbers(), now);
  }

  private static Outcome<List<Certificate>> ofUser(
      OperationStores stores, String userId, Instant now) {
    if (stores.people().user(userId, now).isEmpty()) {
      return Outcome.refused(UserDesk.unknown(userId));
    }
    List<Certificate> counting =
        stores
            .certificateRegister()
            .list(CertificateSearch.ofUser(userId), Paging.first(MOST_OF_ONE_USER), now)
            .items()
            .stream()
            .filter(RequestSelection::counts)
            .toList();
    return counting.isEmpty()
        ? Outcome.refused(
            Refusal.of(
                ProblemType.WRONG_STATE,
                "user " + userId + " has no certificate that counts",
                "The user can take a new one now."))
        : Outcome.done(counting);
  }

  private static Outcome<List<Certificate>> ofSerials(
      OperationStores stores, List<String> texts, Instant now) {
    if (texts.size() > MOST_OF_ONE_USER) {
      return Outcome.refused(
          Refusal.field("serialNumbers", "must be at most " + MOST_OF_ONE_USER + "; use bulk"));
    }
    List<Certificate> found = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<SerialNumber> serial = SerialText.parse(texts.get(i));
      if (serial.isEmpty()) {
        return Outcome.refused(
            Refusal.field("serialNumbers[" + i + "]", "is no serial number in hexadecimal"));
      }
      Optional<Certificate> certificate =
          stores
              .certificateRegister()
              .find(serial.get(), now)
              .filter(it -> it.kind() == CertificateKind.SUBSCRIBER);
      if (certificate.isEmpty()) {
        return Outcome.refused(CertificateDesk.unknown(serial.get()));
      }
      if (!counts(certificate.get())) {
        return Outcome.refused(
            Refusal.of(
                ProblemType.WRONG_STATE,
                "certificate "
                    + serial.get()
                    + " is "
                    + certificate.get().state().name().toLowerCase(Locale.ROOT),
                "inkan-admin cert show " + serial.get()));
      }
      found.add(certificate.get());
    }
    return ofOneUser(found);
  }

  private static Outcome<List<Certificate>> ofOneUser(List<Certificate> found) {
    Set<String> serials = new LinkedHashSet<>();
    found.forEach(it -> serials.add(it.serialNumber()));
    if (serials.size() < found.size()) {
      return Outcome.refused(Refusal.field("serialNumbers", "must name each certificate once"));
    }
    return found.stream().map(Certificate::subscriber).distinct().count() > 1
        ? Outcome.refused(
            Refusal.field("serialNumbers", "must be of one user; use a bulk revocation"))
        : Outcome.done(found);
  }

  private static boolean counts(Certificate certificate) {
    return certificate.state() == CertificateState.VALID
        || certificate.state() == CertificateState.HELD;
  }

  // If none of them existed yet, the date is a slip.
  static Outcome<List<Certificate>> lostWhileTheyWere(List<Certificate> found, Asked asked) {
    return asked.lostAt().isEmpty()
            || found.stream().anyMatch(it -> !asked.lostAt().get().isBefore(it.notBefore()))
        ? Outcome.done(found)
        : Outcome.refused(
            Refusal.field(
                "asked.lostAt", "must not be before the certificate, " + found.get(0).notBefore()));
  }
}
