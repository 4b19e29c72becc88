package dev.inkan.server.command;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.authority.Transcript;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.registration.RegistrationStores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Revokes an issuing CA's certificate, so that the root's next CRL names it. */
final class RootRevocation {

  private final Transactions<RegistrationStores> transactions;
  private final Journal journal;
  private final Host host;
  private final Generations all;

  /**
   * @param all what journal and database, united, know of issuing CAs
   */
  RootRevocation(
      Transactions<RegistrationStores> transactions, Journal journal, Host host, Generations all) {
    this.transactions = transactions;
    this.journal = journal;
    this.host = host;
    this.all = all;
  }

  /**
   * What is about to be revoked, to be read before it is agreed to.
   *
   * @throws RolloverException if no issuing CA with a certificate is called so
   */
  List<String> describe(CaName name) {
    Transcript shown = new Transcript(host.clock().instant(), host.node());
    shown.add("Issuing certification authority " + name, certificate(name));
    List<String> lines = new ArrayList<>(shown.lines());
    lines.add("");
    lines.add("This puts it on the root's CRL (CA compromise), for good: who follows that CRL");
    lines.add("refuses every certificate under it, whenever it was issued.");
    if (all.active(host.clock().instant()).name().equals(name)) {
      lines.add("It is the one that issues: without another one ('rollover') nobody can get in.");
    }
    return lines;
  }

  /**
   * Revokes it: journal first, then the ledger. Safe to repeat.
   *
   * @return what happened, in a sentence
   */
  String revoke(CaName name) {
    SerialNumber serial = serialOf(certificate(name));
    RevocationOutcome outcome =
        new RevocationAuthority<>(new Ledger<>(transactions, journal), host.clock())
            .revoke(
                serial,
                Revocation.because(RevocationReason.CA_COMPROMISE),
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                (stores, revoked) -> {});
    return switch (outcome) {
      case REVOKED -> "Issuing CA " + name + " (" + serial + ") is revoked.";
      case ALREADY_REVOKED -> "Issuing CA " + name + " (" + serial + ") was revoked before.";
      default ->
          throw new RolloverException(
              "issuing CA " + name + " could not be revoked: " + outcome + ". Nothing was signed.");
    };
  }

  private SerialNumber serialOf(Der certificate) {
    return transactions.inTransaction(
        stores ->
            stores
                .certificates()
                .find(Fingerprint.of(certificate))
                .orElseThrow(() -> new RolloverException("its certificate is not in the ledger"))
                .serialNumber());
  }

  private Der certificate(CaName name) {
    return all.find(name)
        .flatMap(Generation::certificate)
        .orElseThrow(
            () ->
                new RolloverException(
                    "there is no issuing CA "
                        + name
                        + " with a certificate; there are "
                        + all.all().stream()
                            .map(it -> it.name().value())
                            .collect(Collectors.joining(", "))
                        + ". Nothing was signed."));
  }
}
