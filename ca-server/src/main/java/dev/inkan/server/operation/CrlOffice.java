package dev.inkan.server.operation;

import dev.inkan.core.api.Crl;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.audit.Actor;
import java.util.List;
import java.util.Optional;

/** CRLs, where this server publishes them. Thread-safe. */
public interface CrlOffice {

  /** What is published now. */
  List<Crl> published();

  /** Publishes a full one now, whatever the timetable says. */
  List<Crl> publish(Actor by);

  /**
   * What the ledger and the published full CRL disagree about; nothing if none is published. The
   * first 10,000 of each kind are told.
   */
  Optional<CrlDifference> difference();
}
