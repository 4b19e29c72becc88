package dev.inkan.server.assembly;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.health.Part;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Signer;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.installation.WebKey;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.store.CommitsWaiting;
import dev.inkan.server.store.FileJournal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What a server cannot do its work without; which of it, its roles decide. */
final class Parts {

  private Parts() {}

  /**
   * @param databaseTime asks it for the time
   */
  static Part database(Supplier<Instant> databaseTime) {
    return new Part(
        "database",
        () -> {
          Instant unused = databaseTime.get();
          return Optional.empty();
        });
  }

  /** As {@link #database(Supplier)}, of a server that writes: its commits must not be held up. */
  static Part database(Storage storage) {
    return new Part(
        "database",
        () -> {
          Optional<String> heldUp = CommitsWaiting.in(storage.reading()).fault();
          if (heldUp.isEmpty()) {
            Instant unused = storage.transactions().inTransaction(stores -> stores.databaseTime());
          }
          return heldUp;
        });
  }

  static Part clock(ClockGuard clock) {
    return new Part("clock", clock::fault);
  }

  static Part journal(FileJournal journal) {
    return new Part(
        "journal",
        () ->
            journal.isOpen()
                ? Optional.empty()
                : Optional.of(
                    "the disk refused a record; nothing is issued or revoked until a restart"));
  }

  static Part issuingKey(Authorities authorities) {
    return new Part("issuing-key", () -> AuthorityTrials.keys(authorities.signing()));
  }

  /**
   * @param cas those that are asked about
   * @param desk answers OCSP requests
   * @param responders the responder of each, if it has a key
   */
  static Part status(
      Supplier<List<Signer>> cas,
      UnaryOperator<byte[]> desk,
      Function<CaName, Optional<OcspResponder>> responders,
      Host host) {
    return new Part(
        "status", () -> AuthorityTrials.responders(cas.get(), desk, responders, host.random()));
  }

  /**
   * @param cas those whose CRLs gateways need
   */
  static Part crl(Supplier<List<CaName>> cas, Supplier<CrlFolder> published, Clock clock) {
    return new Part("crl", () -> crl(cas.get(), published.get(), clock.instant()));
  }

  private static Optional<String> crl(List<CaName> cas, CrlFolder published, Instant now) {
    for (CaName ca : cas) {
      Optional<Instant> end = published.times(ca).map(CrlFolder.Times::nextUpdate);
      if (end.isEmpty()) {
        return Optional.of("no CRL of " + ca + " is published");
      }
      if (!now.isBefore(end.get())) {
        return Optional.of("the CRL of " + ca + " ended at " + end.get());
      }
    }
    return Optional.empty();
  }

  static Part webCertificate(WebKey webKey, Clock clock) {
    return new Part(
        "web-certificate",
        () -> {
          Instant end = webKey.end();
          return clock.instant().isAfter(end)
              ? Optional.of("the web certificate ended at " + end)
              : Optional.empty();
        });
  }
}
