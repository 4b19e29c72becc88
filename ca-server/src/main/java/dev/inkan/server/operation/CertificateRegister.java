package dev.inkan.server.operation;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.Page;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ledger as the bank's staff look it up, inside one transaction. */
public interface CertificateRegister {

  /** What {@code search} asks for, the newest first where nothing else is said. */
  Page<Certificate> list(CertificateSearch search, Paging paging, Instant now);

  Optional<Certificate> find(SerialNumber serialNumber, Instant now);

  /** Serial numbers of an organisation's certificates that count or are on hold, oldest first. */
  List<SerialNumber> countingOf(String organisation, Instant now);
}
